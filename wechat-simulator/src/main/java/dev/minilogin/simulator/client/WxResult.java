package dev.minilogin.simulator.client;

import java.util.Map;

/** How a {@code wx} call ends: in {@code success} or in {@code fail}. */
public sealed interface WxResult {

  /**
   * An answer of the server, whatever its status. Fields are named as in {@code wx.request}'s
   * result.
   *
   * @param header by lower-case names; values of one name are joined by commas. Phones differ in
   *     the case that they give, so a mini program must not rely on any
   */
  record Response(int statusCode, Map<String, String> header, String data) implements WxResult {
    @Override
    public String toString() {
      return "Response[statusCode=" + statusCode + "]";
    }
  }

  /** A code of {@code wx.login}. */
  record Login(String code) implements WxResult {
    @Override
    public String toString() {
      return "Login[masked]";
    }
  }

  /**
   * What the phone number button gives.
   *
   * @param code for the server, good for one getuserphonenumber
   * @param encryptedData the number under the session_key, the old way
   */
  record PhoneNumber(String code, String encryptedData, String iv) implements WxResult {
    @Override
    public String toString() {
      return "PhoneNumber[masked]";
    }
  }

  /** What {@code wx.getUserProfile} gives; {@code userInfo} is what rawData says. */
  record UserProfile(String rawData, String signature, String encryptedData, String iv)
      implements WxResult {
    @Override
    public String toString() {
      return "UserProfile[masked]";
    }
  }

  /**
   * What {@code getLatestUserKey} of the user crypto manager gives.
   *
   * @param expireTime when the key ends, in Unix seconds (WeChat does not say in what unit)
   */
  record UserKey(String encryptKey, String iv, int version, long expireTime) implements WxResult {
    @Override
    public String toString() {
      return "UserKey[masked, version=" + version + "]";
    }
  }

  /** The user said no; there is no errno then. */
  record Denied(String errMsg) implements WxResult {}

  /** No answer; the fields are those that {@code fail} gets. */
  record Failure(int errno, String errMsg) implements WxResult {

    static final int ERRNO_TIMEOUT = 5;
    static final int ERRNO_PHONE_QUOTA = 1400001;
    static final int ERRNO_NETWORK = 600001;
    static final int ERRNO_DOMAIN = 600002;
    static final int ERRNO_INVALID = 600009;
  }
}
