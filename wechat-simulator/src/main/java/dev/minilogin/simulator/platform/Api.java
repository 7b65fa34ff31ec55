package dev.minilogin.simulator.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The server APIs that this platform answers; every other path is {@link WeChatError#INVALID_URL}.
 */
public enum Api {
  JSCODE2SESSION("/sns/jscode2session"),
  TOKEN("/cgi-bin/token"),
  STABLE_TOKEN("/cgi-bin/stable_token"),
  CHECKSESSION("/wxa/checksession"),
  RESETUSERSESSIONKEY("/wxa/resetusersessionkey"),
  GETUSERPHONENUMBER("/wxa/business/getuserphonenumber"),
  CHECKENCRYPTEDMSG("/wxa/business/checkencryptedmsg"),
  GETPLUGINOPENPID("/wxa/getpluginopenpid"),
  GETUSERENCRYPTKEY("/wxa/business/getuserencryptkey"),
  MSG_SEC_CHECK("/wxa/msg_sec_check"),
  MEDIA_CHECK_ASYNC("/wxa/media_check_async"),
  IMG_SEC_CHECK("/wxa/img_sec_check"),
  GETUSERRISKRANK("/wxa/getuserriskrank"),
  CLEAR_QUOTA("/cgi-bin/clear_quota"),
  CLEAR_QUOTA_V2("/cgi-bin/clear_quota/v2"),
  GETCALLBACKIP("/cgi-bin/getcallbackip"),
  GET_API_DOMAIN_IP("/cgi-bin/get_api_domain_ip");

  private final String path;

  Api(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /**
   * How people and the control API name it: the last segment of the path, or for the second version
   * of clear_quota {@code clear_quota_v2}.
   */
  public String simpleName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The API behind an exact path, if there is one. */
  public static Optional<Api> ofPath(String path) {
    return Arrays.stream(values()).filter(api -> api.path.equals(path)).findFirst();
  }

  /** The API with that {@link #simpleName()}, if there is one. */
  public static Optional<Api> ofSimpleName(String name) {
    return Arrays.stream(values()).filter(api -> api.simpleName().equals(name)).findFirst();
  }
}
