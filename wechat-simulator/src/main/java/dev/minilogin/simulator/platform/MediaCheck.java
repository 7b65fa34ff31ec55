package dev.minilogin.simulator.platform;

import java.util.Optional;

/**
 * A media check that media_check_async has accepted.
 *
 * @param mediaUrl as it was given; it may be nonsense
 * @param verdict the advice, if the file can be downloaded
 */
public record MediaCheck(
    String appId, String openid, String traceId, String mediaUrl, Suggest verdict) {

  /** How it ended. */
  public MediaResult result(boolean downloaded) {
    return new MediaResult(
        appId, openid, traceId, downloaded ? Optional.of(verdict) : Optional.empty());
  }

  @Override
  public String toString() {
    return "MediaCheck[" + traceId + "]";
  }
}
