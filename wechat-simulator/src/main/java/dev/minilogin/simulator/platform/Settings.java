package dev.minilogin.simulator.platform;

import java.time.Duration;

/**
 * What can be set about the platform while it runs.
 *
 * @param rejectChunked whether a request with {@code Transfer-Encoding: chunked} gets 412 and an
 *     empty body, as at the real gateway
 * @param codeLifetime how long a login code may be exchanged
 * @param sessionKeyMinPeriod a login within this time after the last change of the session_key
 *     keeps it (WeChat has such a period and does not publish its length)
 */
public record Settings(boolean rejectChunked, Duration codeLifetime, Duration sessionKeyMinPeriod) {

  public Settings {
    if (!codeLifetime.isPositive()) {
      throw new IllegalArgumentException("codeLifetime must be positive");
    }
    if (sessionKeyMinPeriod.isNegative()) {
      throw new IllegalArgumentException("sessionKeyMinPeriod must not be negative");
    }
  }

  /**
   * Chunked bodies rejected, codes live five minutes, session keys change at most once a minute.
   */
  public static Settings defaults() {
    return new Settings(true, Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  public Settings withRejectChunked(boolean reject) {
    return new Settings(reject, codeLifetime, sessionKeyMinPeriod);
  }

  public Settings withCodeLifetime(Duration lifetime) {
    return new Settings(rejectChunked, lifetime, sessionKeyMinPeriod);
  }

  public Settings withSessionKeyMinPeriod(Duration period) {
    return new Settings(rejectChunked, codeLifetime, period);
  }
}
