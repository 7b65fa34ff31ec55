package dev.minilogin.simulator.platform;

import java.time.Instant;

/**
 * A code that was given out and can still be exchanged.
 *
 * @param kind {@code login}, {@code phone} or {@code plugin}
 */
public record PendingCode(String kind, String appId, String user, String code, Instant expiresAt) {

  @Override
  public String toString() {
    return "PendingCode[masked, " + kind + "]";
  }
}
