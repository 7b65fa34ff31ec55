package dev.minilogin.simulator.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a mini program asks {@code wx.request} for.
 *
 * @param appId the mini program that asks
 * @param envVersion {@code develop}, {@code trial} or {@code release}; {@code devtools} for the
 *     developer tool
 * @param data the body as text; ignored for GET and HEAD, whose data belongs into the url
 */
public record WxRequest(
    String appId,
    String envVersion,
    String url,
    String method,
    Map<String, String> header,
    Optional<String> data,
    Duration timeout) {

  /** What {@code wx.request} takes if nobody says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  @Override
  public String toString() {
    return "WxRequest[appId=" + appId + ", method=" + method + "]";
  }
}
