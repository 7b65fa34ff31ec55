package dev.minilogin.domain.miniprogram;

import java.util.Objects;

/**
 * A mini program that may log its users in here.
 *
 * @param appId its identifier at WeChat
 * @param secret what authenticates us as its server at WeChat
 * @param enabled whether logins and sessions are allowed; a disabled mini program keeps its data
 * @param lifetimes how long its sessions live
 */
public record MiniProgram(
    AppId appId, AppSecret secret, boolean enabled, SessionLifetimes lifetimes) {
  public MiniProgram {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(lifetimes, "lifetimes");
  }
}
