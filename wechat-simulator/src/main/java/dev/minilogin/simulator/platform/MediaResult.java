package dev.minilogin.simulator.platform;

import java.util.Optional;

/**
 * How a media check ended: what the push {@code wxa_media_check} reports.
 *
 * @param openid who had sent the file
 * @param traceId what media_check_async had answered
 * @param suggest the verdict; empty: the file could not be downloaded (errcode -1008, no detail)
 */
public record MediaResult(String appId, String openid, String traceId, Optional<Suggest> suggest) {

  /** The push's errcode for a file that could not be downloaded. */
  public static final int NOT_DOWNLOADED = -1008;

  /** 0, or {@link #NOT_DOWNLOADED}. */
  public int errcode() {
    return suggest.isPresent() ? 0 : NOT_DOWNLOADED;
  }

  @Override
  public String toString() {
    return "MediaResult[" + traceId + ", " + suggest + "]";
  }
}
