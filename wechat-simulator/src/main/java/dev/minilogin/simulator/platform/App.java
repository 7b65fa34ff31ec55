package dev.minilogin.simulator.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mini program as registered with WeChat.
 *
 * @param openPlatform name of the Open Platform account that the app is bound to: apps with the
 *     same name see the same unionid for a user, an app without one sees none
 * @param enabled false: its AppSecret is frozen, and every call that uses it is {@link
 *     WeChatError#APPSECRET_FROZEN}
 * @param push where its messages go; empty: nowhere
 */
public record App(
    String appId,
    AppSecret secret,
    Optional<String> openPlatform,
    boolean enabled,
    Optional<PushTarget> push) {

  private static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public App {
    if (appId == null || !APP_ID.matcher(appId).matches()) {
      throw new IllegalArgumentException("appId must match " + APP_ID);
    }
    if (openPlatform.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("openPlatform must not be blank");
    }
  }

  /** An app whose messages go nowhere. */
  public App(String appId, AppSecret secret, Optional<String> openPlatform, boolean enabled) {
    this(appId, secret, openPlatform, enabled, Optional.empty());
  }

  /** An enabled app that is bound to no Open Platform account. */
  public static App of(String appId, String secret) {
    return new App(appId, new AppSecret(secret), Optional.empty(), true);
  }

  /** An enabled app that is bound to an Open Platform account. */
  public static App of(String appId, String secret, String openPlatform) {
    return new App(appId, new AppSecret(secret), Optional.of(openPlatform), true);
  }

  /** The same app with its messages going there. */
  public App withPush(PushTarget target) {
    return new App(appId, secret, openPlatform, enabled, Optional.of(target));
  }
}
