package dev.minilogin.domain.miniprogram;

import java.util.Objects;
import java.util.Optional;

/**
 * A mini program that may log its users in here.
 *
 * @param appId its identifier at WeChat
 * @param secret what authenticates us as its server at WeChat
 * @param enabled whether logins and sessions are allowed; a disabled mini program keeps its data
 * @param lifetimes how long its sessions live
 * @param policies what it decides for itself
 * @param push how WeChat pushes messages to us; empty if it doesn't
 */
public record MiniProgram(
    AppId appId,
    AppSecret secret,
    boolean enabled,
    SessionLifetimes lifetimes,
    Policies policies,
    Optional<PushSettings> push) {
  public MiniProgram {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(lifetimes, "lifetimes");
    Objects.requireNonNull(policies, "policies");
    Objects.requireNonNull(push, "push");
  }

  /** A mini program with the default policies that gets no pushes. */
  public MiniProgram(AppId appId, AppSecret secret, boolean enabled, SessionLifetimes lifetimes) {
    this(appId, secret, enabled, lifetimes, Policies.DEFAULT, Optional.empty());
  }

  /** The same mini program, enabled or not. */
  public MiniProgram withEnabled(boolean whether) {
    return new MiniProgram(appId, secret, whether, lifetimes, policies, push);
  }
}
