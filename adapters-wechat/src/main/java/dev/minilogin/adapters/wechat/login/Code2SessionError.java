package dev.minilogin.adapters.wechat.login;

import dev.minilogin.domain.wechat.ExchangeFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The errcodes that code2Session answers, documented or seen, and what they mean for a login.
 *
 * @see <a
 *     href="https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html">
 *     小程序登录凭证校验</a>
 */
enum Code2SessionError {
  BUSY(-1, ExchangeFailure.BUSY, "WeChat is busy"),
  INVALID_GRANT_TYPE(40002, ExchangeFailure.APP_REFUSED, "this server sent a wrong grant_type"),
  INVALID_APPID(40013, ExchangeFailure.APP_REFUSED, "WeChat doesn't know the appid: correct it"),
  INVALID_CODE(
      40029, ExchangeFailure.CODE_INVALID, "the code is unknown, too old or another app's"),
  INVALID_URL(40066, ExchangeFailure.APP_REFUSED, "the base URL is not WeChat's: correct it"),
  INVALID_APPSECRET(
      40125, ExchangeFailure.APP_REFUSED, "the AppSecret is wrong or was reset: correct it"),
  CODE_USED(40163, ExchangeFailure.CODE_USED, "the code was exchanged before"),
  IP_NOT_ALLOWED(
      40164, ExchangeFailure.APP_REFUSED, "add this server's address to the app's IP whitelist"),
  CODE_BLOCKED(40226, ExchangeFailure.USER_BLOCKED, "WeChat intercepts this person's logins"),
  APPSECRET_FROZEN(
      40243,
      ExchangeFailure.APP_REFUSED,
      "the AppSecret is frozen: unfreeze it at mp.weixin.qq.com"),
  APPID_MISSING(41002, ExchangeFailure.APP_REFUSED, "this server sent no appid"),
  APPSECRET_MISSING(41004, ExchangeFailure.APP_REFUSED, "this server sent no AppSecret"),
  CODE_MISSING(41008, ExchangeFailure.CODE_INVALID, "the code was empty"),
  DAILY_QUOTA(45009, ExchangeFailure.RATE_LIMITED, "the app's daily quota is used up"),
  TOO_FREQUENT(45011, ExchangeFailure.RATE_LIMITED, "too many logins of one person in a minute"),
  UNAUTHORIZED(48001, ExchangeFailure.APP_REFUSED, "the app may not use this API"),
  USER_LIMITED(50002, ExchangeFailure.APP_REFUSED, "the app is limited by WeChat"),
  ACCOUNT_FROZEN(50007, ExchangeFailure.APP_REFUSED, "the app's account is frozen by WeChat");

  private final long errcode;
  private final ExchangeFailure failure;
  private final String meaning;

  Code2SessionError(long errcode, ExchangeFailure failure, String meaning) {
    this.errcode = errcode;
    this.failure = failure;
    this.meaning = meaning;
  }

  /** The error with that errcode, if it is a known one. */
  static Optional<Code2SessionError> of(long errcode) {
    for (Code2SessionError error : values()) {
      if (error.errcode == errcode) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  long errcode() {
    return errcode;
  }

  ExchangeFailure failure() {
    return failure;
  }

  /** What it means, for the operator. */
  String meaning() {
    return meaning;
  }

  /** When to try again at the earliest; empty if waiting doesn't help. */
  Optional<Duration> retryAfter() {
    return switch (this) {
      case BUSY -> Optional.of(Duration.ofSeconds(1));
      case TOO_FREQUENT -> Optional.of(Duration.ofMinutes(1));
      case DAILY_QUOTA -> Optional.of(Duration.ofHours(1));
      default -> Optional.empty();
    };
  }
}
