package dev.minilogin.adapters.wechat.api;

import static dev.minilogin.adapters.wechat.api.WeChatApi.CHECK_ENCRYPTED_DATA;
import static dev.minilogin.adapters.wechat.api.WeChatApi.CHECK_SESSION_KEY;
import static dev.minilogin.adapters.wechat.api.WeChatApi.CODE2SESSION;
import static dev.minilogin.adapters.wechat.api.WeChatApi.GET_PHONE_NUMBER;
import static dev.minilogin.adapters.wechat.api.WeChatApi.GET_PLUGIN_OPENPID;
import static dev.minilogin.adapters.wechat.api.WeChatApi.GET_USER_ENCRYPT_KEY;
import static dev.minilogin.adapters.wechat.api.WeChatApi.GET_USER_RISK_RANK;
import static dev.minilogin.adapters.wechat.api.WeChatApi.MEDIA_CHECK_ASYNC;
import static dev.minilogin.adapters.wechat.api.WeChatApi.MSG_SEC_CHECK;
import static dev.minilogin.adapters.wechat.api.WeChatApi.RESET_USER_SESSION_KEY;
import static dev.minilogin.adapters.wechat.api.WeChatApi.STABLE_TOKEN;

import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * WeChat's errcodes, documented or seen: what each means for us and what an operator can do. An
 * errcode stands here once for each of its meanings; no API gives it two.
 *
 * @see <a
 *     href="https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/#%E9%80%9A%E7%94%A8%E9%94%99%E8%AF%AF%E7%A0%81">通用错误码</a>
 */
public enum WeChatError {
  BUSY(-1, WeChatFailure.BUSY, "WeChat is busy: nothing to do", every()),
  ENCRYPTED_DATA_UNKNOWN(
      1, null, "WeChat made no such encrypted data in the last three days", CHECK_ENCRYPTED_DATA),
  PLUGIN_BUSY(1000, WeChatFailure.BUSY, "WeChat is busy: nothing to do", GET_PLUGIN_OPENPID),
  PLUGIN_BAD_ARGUMENT(
      1001, WeChatFailure.CODE_INVALID, "the plugin's code is no code", GET_PLUGIN_OPENPID),
  PLUGIN_TOO_FREQUENT(
      1003, WeChatFailure.RATE_LIMITED, "too many calls for plugins", GET_PLUGIN_OPENPID),
  PLUGIN_OF_ANOTHER_APP(
      1005,
      WeChatFailure.CODE_INVALID,
      "the code is another mini program's or another plugin's",
      GET_PLUGIN_OPENPID),
  PLUGIN_CODE_UNKNOWN(
      1007,
      WeChatFailure.CODE_INVALID,
      "the code is unknown, too old or was used before",
      GET_PLUGIN_OPENPID),
  PLUGIN_BAD_JSON(
      1022,
      WeChatFailure.APP_REFUSED,
      "this server sent what WeChat can't read: report it",
      GET_PLUGIN_OPENPID),
  TOKEN_NOT_ACCEPTED(
      40001,
      WeChatFailure.BUSY,
      "the access_token was replaced: a new one is fetched and the call repeated. If this goes on,"
          + " something else forces new stable tokens for the app: stop it",
      withToken()),
  WRONG_CREDENTIAL(
      40001, WeChatFailure.APP_REFUSED, "the AppSecret is wrong: correct it", STABLE_TOKEN),
  INVALID_GRANT_TYPE(
      40002,
      WeChatFailure.APP_REFUSED,
      "this server sent a wrong grant_type: report it",
      CODE2SESSION,
      STABLE_TOKEN),
  INVALID_OPENID(
      40003,
      WeChatFailure.APP_REFUSED,
      "the openid is not one of this app: was the appid of a database exchanged?",
      withTokenExcept(GET_PHONE_NUMBER)),
  PHONE_CODE_OF_ANOTHER_PERSON(
      40003,
      WeChatFailure.CODE_INVALID,
      "the phone code is another person's: the client sent somebody else's",
      GET_PHONE_NUMBER),
  INVALID_MEDIA_TYPE(
      40004,
      WeChatFailure.APP_REFUSED,
      "this server sent a wrong media_type: report it",
      MEDIA_CHECK_ASYNC),
  INVALID_APPID(
      40013,
      WeChatFailure.APP_REFUSED,
      "WeChat doesn't know the appid: correct it",
      everyExcept(GET_PHONE_NUMBER)),
  PHONE_CODE_OF_ANOTHER_APP(
      40013,
      WeChatFailure.CODE_INVALID,
      "the phone code is another mini program's",
      GET_PHONE_NUMBER),
  TOKEN_MALFORMED(
      40014,
      WeChatFailure.BUSY,
      "the access_token is none: a new one is fetched and the call repeated",
      withToken()),
  PLUGIN_REFUSED(
      40016,
      WeChatFailure.APP_REFUSED,
      "WeChat refuses the plugin's call without a reason: check the plugin's authorisation",
      GET_PLUGIN_OPENPID),
  INVALID_CODE(
      40029,
      WeChatFailure.CODE_INVALID,
      "the code is unknown, too old or another app's, or a phone code that was used before",
      CODE2SESSION,
      GET_PHONE_NUMBER,
      GET_PLUGIN_OPENPID),
  INVALID_URL(
      40066, WeChatFailure.APP_REFUSED, "the base URL is not WeChat's: correct it", every()),
  CLOUD_ONLY(
      40090,
      WeChatFailure.APP_REFUSED,
      "WeChat answers this call only from its own cloud: correct the base URL",
      withToken()),
  INVALID_ARGUMENTS(
      40097,
      WeChatFailure.APP_REFUSED,
      "this server sent wrong arguments: report it",
      CHECK_SESSION_KEY,
      RESET_USER_SESSION_KEY,
      GET_USER_ENCRYPT_KEY,
      CHECK_ENCRYPTED_DATA),
  INVALID_APPSECRET(
      40125,
      WeChatFailure.APP_REFUSED,
      "the AppSecret is wrong or was reset: correct it",
      CODE2SESSION,
      STABLE_TOKEN),
  INVALID_SCENE(
      40129,
      WeChatFailure.APP_REFUSED,
      "this server sent a wrong scene: report it",
      MSG_SEC_CHECK,
      MEDIA_CHECK_ASYNC,
      GET_USER_RISK_RANK),
  CODE_USED(40163, WeChatFailure.CODE_USED, "the code was exchanged before", CODE2SESSION),
  IP_NOT_ALLOWED(
      40164,
      WeChatFailure.APP_REFUSED,
      "add this server's address to the app's IP whitelist at mp.weixin.qq.com",
      CODE2SESSION,
      STABLE_TOKEN),
  CODE_BLOCKED(
      40226, WeChatFailure.USER_BLOCKED, "WeChat intercepts this person's logins", CODE2SESSION),
  APPSECRET_FROZEN(
      40243,
      WeChatFailure.APP_REFUSED,
      "the AppSecret is frozen: unfreeze it at mp.weixin.qq.com, which takes up to 10 minutes",
      CODE2SESSION,
      STABLE_TOKEN),
  TOKEN_MISSING(
      41001,
      WeChatFailure.APP_REFUSED,
      "the access_token was lost on the way: check the proxy to WeChat",
      withToken()),
  APPID_MISSING(
      41002,
      WeChatFailure.APP_REFUSED,
      "the appid was lost on the way: check the proxy to WeChat",
      CODE2SESSION,
      STABLE_TOKEN),
  APPSECRET_MISSING(
      41004,
      WeChatFailure.APP_REFUSED,
      "the AppSecret was lost on the way: check the proxy to WeChat",
      CODE2SESSION,
      STABLE_TOKEN),
  CODE_MISSING(41008, WeChatFailure.CODE_INVALID, "the code was empty", CODE2SESSION),
  TOKEN_EXPIRED(
      42001,
      WeChatFailure.BUSY,
      "the access_token is too old: a new one is fetched and the call repeated",
      withToken()),
  POST_REQUIRED(
      43002,
      WeChatFailure.APP_REFUSED,
      "a POST arrived as another method: check the proxy to WeChat",
      posts()),
  OPENID_OF_ANOTHER_APP(
      43104,
      WeChatFailure.APP_REFUSED,
      "the openid is another app's: was the appid of a database exchanged?",
      MSG_SEC_CHECK,
      MEDIA_CHECK_ASYNC,
      GET_USER_RISK_RANK),
  EMPTY_BODY(
      44002,
      WeChatFailure.APP_REFUSED,
      "the body was lost on the way: check the proxy to WeChat",
      posts()),
  SECURITY_TOO_FREQUENT(
      44991,
      WeChatFailure.RATE_LIMITED,
      "too many content checks in a minute",
      MSG_SEC_CHECK,
      MEDIA_CHECK_ASYNC),
  DAILY_QUOTA(
      45009,
      WeChatFailure.RATE_LIMITED,
      "the app's daily quota of this API is used up: ask WeChat for more, or clear it (10 times a"
          + " month) at mp.weixin.qq.com",
      every()),
  TOO_FREQUENT(
      45011,
      WeChatFailure.RATE_LIMITED,
      "too many calls in a minute, or logins of one person",
      every()),
  MALFORMED(
      47001,
      WeChatFailure.APP_REFUSED,
      "WeChat can't read what this server sent: report it",
      posts()),
  UNAUTHORIZED(
      48001,
      WeChatFailure.APP_REFUSED,
      "the app may not use this API: apply for it at mp.weixin.qq.com",
      every()),
  APP_LIMITED(
      50002,
      WeChatFailure.APP_REFUSED,
      "WeChat limits the app: see the notices at mp.weixin.qq.com",
      every()),
  TOKEN_FORBIDDEN(
      50004,
      WeChatFailure.APP_REFUSED,
      "WeChat gives the app no access_token, maybe as a punishment: see mp.weixin.qq.com",
      STABLE_TOKEN),
  ACCOUNT_FROZEN(
      50007,
      WeChatFailure.APP_REFUSED,
      "the app's account is frozen by WeChat: see mp.weixin.qq.com",
      every()),
  IP_NOT_LISTED(
      61004,
      WeChatFailure.APP_REFUSED,
      "add this server's address to the app's IP whitelist at mp.weixin.qq.com",
      STABLE_TOKEN),
  RISK_61007(
      61007,
      WeChatFailure.APP_REFUSED,
      "WeChat gives the app no risk rank: look the errcode up in the docs of getUserRiskRank",
      GET_USER_RISK_RANK),
  NOT_VISITED(
      61010,
      WeChatFailure.NOT_VISITED,
      "the person hasn't used the mini program in the last two hours",
      MSG_SEC_CHECK,
      MEDIA_CHECK_ASYNC,
      GET_USER_RISK_RANK),
  COMPONENT_ACCOUNT(
      61024,
      WeChatFailure.APP_REFUSED,
      "the appid is a third-party platform's, not a mini program's: correct it",
      STABLE_TOKEN),
  RISK_61080(
      61080,
      WeChatFailure.APP_REFUSED,
      "WeChat gives the app no risk rank: look the errcode up in the docs of getUserRiskRank",
      GET_USER_RISK_RANK),
  RISK_61081(
      61081,
      WeChatFailure.APP_REFUSED,
      "WeChat gives the app no risk rank: look the errcode up in the docs of getUserRiskRank",
      GET_USER_RISK_RANK),
  SESSION_KEY_ENDED(
      87007,
      WeChatFailure.SESSION_KEY_STALE,
      "the person has no session_key any more: they must log in again",
      CHECK_SESSION_KEY,
      RESET_USER_SESSION_KEY,
      GET_USER_ENCRYPT_KEY),
  INVALID_SIGNATURE_METHOD(
      87008,
      WeChatFailure.APP_REFUSED,
      "this server signed in a way that WeChat doesn't know: report it",
      CHECK_SESSION_KEY,
      RESET_USER_SESSION_KEY,
      GET_USER_ENCRYPT_KEY),
  INVALID_SIGNATURE(
      87009,
      WeChatFailure.SESSION_KEY_STALE,
      "the session_key is not the person's valid one: they must log in again",
      CHECK_SESSION_KEY,
      RESET_USER_SESSION_KEY,
      GET_USER_ENCRYPT_KEY),
  RISKY_CONTENT(87014, null, "WeChat calls the text risky", MSG_SEC_CHECK),
  REPEATED_TOO_OFTEN(
      87020, WeChatFailure.RATE_LIMITED, "one picture was checked too often", MEDIA_CHECK_ASYNC),
  IP_TO_BE_CONFIRMED(
      89503,
      WeChatFailure.APP_REFUSED,
      "the app's administrator must confirm this server's address, in WeChat",
      STABLE_TOKEN),
  IP_REFUSED_FOR_A_DAY(
      89506,
      WeChatFailure.APP_REFUSED,
      "the app's administrator refused this server's address for 24 hours",
      STABLE_TOKEN),
  IP_REFUSED_FOR_AN_HOUR(
      89507,
      WeChatFailure.APP_REFUSED,
      "the app's administrator refused this server's address for an hour",
      STABLE_TOKEN),
  RISK_9410009(
      9410009,
      WeChatFailure.APP_REFUSED,
      "WeChat gives the app no risk rank: look the errcode up in the docs of getUserRiskRank",
      GET_USER_RISK_RANK);

  private final long errcode;
  private final Optional<WeChatFailure> failure;
  private final String advice;
  private final Set<WeChatApi> apis;

  WeChatError(
      long errcode, WeChatFailure failure, String advice, WeChatApi first, WeChatApi... others) {
    this(errcode, failure, advice, EnumSet.of(first, others));
  }

  /**
   * @param failure null if this is no failure but an answer
   */
  WeChatError(long errcode, WeChatFailure failure, String advice, Set<WeChatApi> apis) {
    this.errcode = errcode;
    this.failure = Optional.ofNullable(failure);
    this.advice = advice;
    this.apis = Collections.unmodifiableSet(apis);
  }

  /** What an errcode means in the answer of an API; empty if it isn't known there. */
  public static Optional<WeChatError> of(WeChatApi api, long errcode) {
    return Arrays.stream(values())
        .filter(error -> error.errcode == errcode && error.apis.contains(api))
        .findAny();
  }

  public long errcode() {
    return errcode;
  }

  /** In which APIs' answers it has this meaning. */
  public Set<WeChatApi> apis() {
    return apis;
  }

  /** What it is for the domain; empty if it is no failure but an answer to what was asked. */
  public Optional<WeChatFailure> failure() {
    return failure;
  }

  /** What it means and what to do about it, for the operator. */
  public String advice() {
    return advice;
  }

  /** Whether WeChat didn't accept the access_token, so that another one must be had. */
  public boolean isAboutToken() {
    return this == TOKEN_NOT_ACCEPTED || this == TOKEN_MALFORMED || this == TOKEN_EXPIRED;
  }

  /**
   * Whether WeChat didn't accept the AppSecret: it has done nothing, and the code is still good.
   */
  public boolean isAboutSecret() {
    return this == INVALID_APPSECRET || this == WRONG_CREDENTIAL;
  }

  /**
   * Whether a call with this answer is sent again at once, once: a busy WeChat is asked again by
   * idempotent APIs, and each API is asked again with another token.
   */
  public boolean retried() {
    return this == BUSY || isAboutToken();
  }

  /** When to try again at the earliest; empty if waiting doesn't help. */
  public Optional<Duration> retryAfter() {
    if (this == DAILY_QUOTA) {
      return Optional.of(Duration.ofHours(1));
    }
    return failure.flatMap(
        kind ->
            switch (kind) {
              case BUSY -> Optional.of(Duration.ofSeconds(1));
              case RATE_LIMITED -> Optional.of(Duration.ofMinutes(1));
              default -> Optional.empty();
            });
  }

  private static Set<WeChatApi> every() {
    return EnumSet.allOf(WeChatApi.class);
  }

  private static Set<WeChatApi> everyExcept(WeChatApi api) {
    return EnumSet.complementOf(EnumSet.of(api));
  }

  private static Set<WeChatApi> withToken() {
    Set<WeChatApi> apis = every();
    apis.removeIf(api -> !api.needsToken());
    return apis;
  }

  private static Set<WeChatApi> withTokenExcept(WeChatApi api) {
    Set<WeChatApi> apis = withToken();
    apis.remove(api);
    return apis;
  }

  private static Set<WeChatApi> posts() {
    Set<WeChatApi> apis = every();
    apis.removeIf(api -> api.method() != WeChatApi.Method.POST);
    return apis;
  }
}
