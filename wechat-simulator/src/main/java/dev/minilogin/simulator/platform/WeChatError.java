package dev.minilogin.simulator.platform;

import java.util.Arrays;

/**
 * WeChat's error codes with their text as seen on the wire, without the {@code rid} that is added
 * to each.
 */
public enum WeChatError {
  SYSTEM_ERROR(-1, "system error"),
  INVALID_CREDENTIAL(
      40001,
      "invalid credential, access_token is invalid or not latest, could get access_token by"
          + " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r"),
  INVALID_GRANT_TYPE(40002, "invalid grant_type"),
  INVALID_APPID(40013, "invalid appid"),
  INVALID_ACCESS_TOKEN(40014, "invalid access_token"),
  INVALID_CODE(40029, "invalid code"),
  INVALID_URL(40066, "invalid url"),
  INVALID_APPSECRET(40125, "invalid appsecret"),
  CODE_USED(40163, "code been used"),
  IP_NOT_IN_WHITELIST(40164, "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"),
  CODE_BLOCKED(40226, "code blocked"),
  /**
   * Documented for the token APIs; its text, and that jscode2session gives it too, are assumptions.
   */
  APPSECRET_FROZEN(40243, "appsecret frozen"),
  ACCESS_TOKEN_MISSING(41001, "access_token missing"),
  APPID_MISSING(41002, "appid missing"),
  APPSECRET_MISSING(41004, "appsecret missing"),
  CODE_MISSING(41008, "missing code"),
  ACCESS_TOKEN_EXPIRED(42001, "access_token expired"),
  POST_REQUIRED(43002, "require POST method"),
  EMPTY_POST_DATA(44002, "empty post data"),
  DAILY_QUOTA(45009, "reach max api daily quota limit"),
  MINUTE_QUOTA(45011, "api minute-quota reach limit, must slower, retry next minute"),
  DATA_FORMAT(47001, "data format error"),
  API_UNAUTHORIZED(48001, "api unauthorized"),
  USER_LIMITED(50002, "user limited"),
  TOKEN_FORBIDDEN(50004, "user not allow to use accesstoken, maybe for punishment");

  private final int errcode;
  private final String message;

  WeChatError(int errcode, String message) {
    this.errcode = errcode;
    this.message = message;
  }

  public int errcode() {
    return errcode;
  }

  public String message() {
    return message;
  }

  /** The usual text of an errcode, or {@code unknown error} for one that is not in this list. */
  public static String messageOf(int errcode) {
    return Arrays.stream(values())
        .filter(error -> error.errcode == errcode)
        .map(WeChatError::message)
        .findFirst()
        .orElse("unknown error");
  }
}
