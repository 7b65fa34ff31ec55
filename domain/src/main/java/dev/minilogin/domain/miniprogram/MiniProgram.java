package dev.minilogin.domain.miniprogram;

import java.util.Objects;
import java.util.Optional;

/**
 * A mini program that may log its users in here.
 *
 * @param appId its identifier at WeChat
 * @param secrets what authenticates us as its server at WeChat
 * @param enabled whether logins and sessions are allowed; a disabled mini program keeps its data
 * @param lifetimes how long its sessions live
 * @param policies what it decides for itself
 * @param push how WeChat pushes messages to us; empty if it doesn't
 */
public record MiniProgram(
    AppId appId,
    AppSecrets secrets,
    boolean enabled,
    SessionLifetimes lifetimes,
    Policies policies,
    Optional<PushSettings> push) {
  public MiniProgram {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(secrets, "secrets");
    Objects.requireNonNull(lifetimes, "lifetimes");
    Objects.requireNonNull(policies, "policies");
    Objects.requireNonNull(push, "push");
  }

  /** A mini program with the default policies that gets no pushes. */
  public MiniProgram(AppId appId, AppSecret secret, boolean enabled, SessionLifetimes lifetimes) {
    this(appId, AppSecrets.of(secret), enabled, lifetimes, Policies.DEFAULT, Optional.empty());
  }

  /** The same mini program, enabled or not. */
  public MiniProgram withEnabled(boolean whether) {
    return new MiniProgram(appId, secrets, whether, lifetimes, policies, push);
  }

  /** The same mini program, authenticated by other AppSecrets. */
  public MiniProgram withSecrets(AppSecrets others) {
    return new MiniProgram(appId, others, enabled, lifetimes, policies, push);
  }
}
