package dev.minilogin.adapters.wechat.api;

/** WeChat's server APIs that are called here, named as in WeChat's docs. */
public enum WeChatApi {
  /** Authenticated by the AppSecret; burns a code. */
  CODE2SESSION("code2Session", Method.GET, "/sns/jscode2session", false, false),
  /** Authenticated by the AppSecret. */
  STABLE_TOKEN("getStableAccessToken", Method.POST, "/cgi-bin/stable_token", false, true),
  CHECK_SESSION_KEY("checkSessionKey", Method.GET, "/wxa/checksession", true, true),
  /** Not idempotent: the old key is dead once a new one was given, even if nobody got it. */
  RESET_USER_SESSION_KEY(
      "resetUserSessionKey", Method.GET, "/wxa/resetusersessionkey", true, false),
  /** Burns a code. */
  GET_PHONE_NUMBER("getPhoneNumber", Method.POST, "/wxa/business/getuserphonenumber", true, false),
  CHECK_ENCRYPTED_DATA(
      "checkEncryptedData", Method.POST, "/wxa/business/checkencryptedmsg", true, true),
  /** Burns a code. */
  GET_PLUGIN_OPENPID("getPluginOpenPId", Method.POST, "/wxa/getpluginopenpid", true, false),
  GET_USER_ENCRYPT_KEY(
      "getUserEncryptKey", Method.GET, "/wxa/business/getuserencryptkey", true, true),
  MSG_SEC_CHECK("msgSecCheck", Method.POST, "/wxa/msg_sec_check", true, true),
  /** Not idempotent: every call is answered by a push of its own. */
  MEDIA_CHECK_ASYNC("mediaCheckAsync", Method.POST, "/wxa/media_check_async", true, false),
  GET_USER_RISK_RANK("getUserRiskRank", Method.POST, "/wxa/getuserriskrank", true, true);

  /** How an API is called. */
  public enum Method {
    /** All parameters are in the query. */
    GET,
    /** All parameters but the access_token are in a JSON body. */
    POST
  }

  private final String title;
  private final Method method;
  private final String path;
  private final boolean needsToken;
  private final boolean idempotent;

  WeChatApi(String title, Method method, String path, boolean needsToken, boolean idempotent) {
    this.title = title;
    this.method = method;
    this.path = path;
    this.needsToken = needsToken;
    this.idempotent = idempotent;
  }

  /** Its name in WeChat's docs. */
  public String title() {
    return title;
  }

  public Method method() {
    return method;
  }

  /** Begins with a slash. */
  public String path() {
    return path;
  }

  /** Whether an access_token authenticates it. */
  public boolean needsToken() {
    return needsToken;
  }

  /** Whether calling it twice does no more than calling it once, so that it may be tried again. */
  public boolean isIdempotent() {
    return idempotent;
  }
}
