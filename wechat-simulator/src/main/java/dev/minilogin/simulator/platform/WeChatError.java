package dev.minilogin.simulator.platform;

import java.util.Arrays;
import java.util.Optional;

/**
 * WeChat's error codes with their text as seen on the wire or documented, without the {@code rid}
 * and the hint that are added.
 */
public enum WeChatError {
  SYSTEM_ERROR(-1, "system error"),
  ENCRYPTED_DATA_NOT_FOUND(1, "data not exit"),
  PLUGIN_SYSTEM_ERROR(1000, "系统错误"),
  PLUGIN_INVALID_ARGS(1001, "请求参数非法"),
  PLUGIN_TOO_FREQUENT(1003, "请求频率过快"),
  PLUGIN_APPID_MISMATCH(1005, "插件 appid 与数据不匹配"),
  PLUGIN_OPENPID_NOT_FOUND(1007, "openpid数据不存在"),
  PLUGIN_JSON_ERROR(1022, "json数据解析错误"),
  INVALID_CREDENTIAL(
      40001,
      "invalid credential, access_token is invalid or not latest, could get access_token by"
          + " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r"),
  INVALID_GRANT_TYPE(40002, "invalid grant_type"),
  INVALID_OPENID(40003, "invalid openid"),
  INVALID_MEDIA_TYPE(40004, "invalid media type"),
  INVALID_FILE_TYPE(40005, "invalid file type"),
  INVALID_MEDIA_SIZE(40006, "invalid meida size"),
  INVALID_APPID(40013, "invalid appid"),
  INVALID_ACCESS_TOKEN(40014, "invalid access_token"),
  /** Documented for getpluginopenpid with a text of quite another API. */
  INVALID_BUTTON_SIZE(40016, "invalid button size"),
  INVALID_CODE(40029, "invalid code"),
  INVALID_URL(40066, "invalid url"),
  INVALID_REQUEST_SOURCE(40090, "invalid request source (bad client ip), requestIP: 127.0.0.1"),
  INVALID_ARGS(40097, "invalid args"),
  INVALID_APPSECRET(40125, "invalid appsecret"),
  INVALID_SCENE(40129, "invalid scene"),
  CODE_USED(40163, "code been used"),
  IP_NOT_IN_WHITELIST(40164, "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"),
  CODE_BLOCKED(40226, "code blocked"),
  /** Documented for the token APIs; that jscode2session gives it too is an assumption. */
  APPSECRET_FROZEN(40243, "AppSecret已被冻结，请解冻后再次调用。"),
  ACCESS_TOKEN_MISSING(41001, "access_token missing"),
  APPID_MISSING(41002, "appid missing"),
  APPSECRET_MISSING(41004, "appsecret missing"),
  MEDIA_MISSING(41005, "media data missing"),
  CODE_MISSING(41008, "missing code"),
  ACCESS_TOKEN_EXPIRED(42001, "access_token expired"),
  POST_REQUIRED(43002, "require POST method"),
  OPENID_OF_ANOTHER_APP(43104, "The openid does not match the appid"),
  EMPTY_POST_DATA(44002, "empty post data"),
  SECURITY_MINUTE_QUOTA(44991, "reach max api minute frequence"),
  DAILY_QUOTA(45009, "reach max api daily quota limit"),
  MINUTE_QUOTA(45011, "api minute-quota reach limit, must slower, retry next minute"),
  DATA_FORMAT(47001, "data format error"),
  API_UNAUTHORIZED(48001, "api unauthorized"),
  CLEARINGS_EXHAUSTED(48006, "forbid to clear quota because of reaching the limit"),
  USER_LIMITED(50002, "user limited"),
  TOKEN_FORBIDDEN(50004, "user not allow to use accesstoken, maybe for punishment"),
  ACCOUNT_FROZEN(50007, "账号已冻结"),
  /** Named by a page on official accounts in the place of 40164. */
  IP_NOT_ALLOWED(61004, "access clientip is not registered"),
  UNAUTHORIZED_TO_COMPONENT(61007, "api is unauthorized to component"),
  /** The user was not in the app for two hours; it has nothing to do with a code. */
  NOT_VISITED(61010, "code is expired"),
  COMPONENT_TOKEN_REQUIRED(
      61024, "must use api(api_component_token) to get token for component acct"),
  RISK_RANK_UNAVAILABLE(61080, "the service of getuserriskrank is unavailable now"),
  RISK_RANK_TOO_FREQUENT(61081, "get riskrank too frequently"),
  RID_NOT_FOUND(76001, "rid not found, please check"),
  RID_INVALID(76002, "rid is error"),
  RID_OF_ANOTHER_APP(76003, "could not query this rid,no permission"),
  RID_EXPIRED(76004, "rid time is error"),
  PATH_NOT_FOUND(76021, "cgi_path not found, please check"),
  PATH_NOT_PERMITTED(76022, "could not use this cgi_path，no permission"),
  SESSION_KEY_NOT_FOUND(87007, "session_key is not existd or expired"),
  INVALID_SIG_METHOD(87008, "invalid sig_method"),
  INVALID_SIGNATURE(87009, "invalid signature"),
  RISKY_CONTENT(87014, "risky content"),
  REPEATED_REQUEST(87020, "repeat request limit exceeded"),
  NO_OPEN_PLATFORM(89002, "open not exists"),
  INVALID_TRADE(89300, "invalid trade"),
  IP_CONFIRMATION_NEEDED(89503, "此次调用需要管理员确认，请耐心等候"),
  IP_REFUSED_FOR_A_DAY(89506, "该IP调用求请求已被公众号管理员拒绝，请24小时后再试，建议调用前与管理员沟通确认"),
  IP_REFUSED_FOR_AN_HOUR(89507, "该IP调用求请求已被公众号管理员拒绝，请1小时后再试，建议调用前与管理员沟通确认"),
  TEST_QUOTA_EXHAUSTED(9410009, "the quota is not enough;please apply again!");

  /** What the token APIs add to the text of {@link #DAILY_QUOTA}. */
  private static final String STABLE_TOKEN_ADVICE =
      ", could get access_token by getStableAccessToken, more details at"
          + " https://mmbizurl.cn/s/JtxxFh33r";

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

  /** The text as a certain API words it; an unknown path has no API. */
  public String message(Optional<Api> api) {
    boolean advises = this == DAILY_QUOTA && api.filter(a -> a == Api.TOKEN).isPresent();
    return advises ? message + STABLE_TOKEN_ADVICE : message;
  }

  /** The error with that errcode, if it is in this list. */
  public static Optional<WeChatError> of(int errcode) {
    return Arrays.stream(values()).filter(error -> error.errcode == errcode).findFirst();
  }
}
