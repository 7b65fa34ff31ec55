package dev.minilogin.simulator.platform;

import java.time.Duration;

/**
 * What can be set about the platform while it runs.
 *
 * @param rejectChunked whether a request with {@code Transfer-Encoding: chunked} gets 412 and an
 *     empty body, as at the real gateway
 * @param codeLifetime how long a login, phone or plugin code may be exchanged
 * @param sessionKeyMinPeriod a login within this time after the last change of the session_key
 *     keeps it (WeChat has such a period and does not publish its length)
 * @param mediaCheckDelay how long, by the wall clock, after the answer of media_check_async its
 *     result is pushed
 * @param pushBeforeAnswer whether the result of a media check is pushed before media_check_async
 *     answers, as it can happen at WeChat; the delay does not count then
 * @param phoneQuotaExhausted whether the app's paid phone number requests are used up, so that the
 *     phone's button fails
 * @param pushTimeout how long a server may take to answer a push
 * @param pushRetryPause time between two tries of a push
 */
public record Settings(
    boolean rejectChunked,
    Duration codeLifetime,
    Duration sessionKeyMinPeriod,
    Duration mediaCheckDelay,
    boolean pushBeforeAnswer,
    boolean phoneQuotaExhausted,
    Duration pushTimeout,
    Duration pushRetryPause) {

  public Settings {
    requirePositive(codeLifetime, "codeLifetime");
    requireNotNegative(sessionKeyMinPeriod, "sessionKeyMinPeriod");
    requireNotNegative(mediaCheckDelay, "mediaCheckDelay");
    requirePositive(pushTimeout, "pushTimeout");
    requireNotNegative(pushRetryPause, "pushRetryPause");
  }

  /**
   * Chunked bodies rejected, codes live five minutes, session keys change at most once a minute, a
   * media check takes 300 ms, a push may take five seconds and is tried again after one.
   */
  public static Settings defaults() {
    return new Settings(
        true,
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofMillis(300),
        false,
        false,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  public Settings withRejectChunked(boolean reject) {
    return new Settings(
        reject,
        codeLifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withCodeLifetime(Duration lifetime) {
    return new Settings(
        rejectChunked,
        lifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withSessionKeyMinPeriod(Duration period) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        period,
        mediaCheckDelay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withMediaCheckDelay(Duration delay) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        sessionKeyMinPeriod,
        delay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withPushBeforeAnswer(boolean before) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        before,
        phoneQuotaExhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withPhoneQuotaExhausted(boolean exhausted) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        pushBeforeAnswer,
        exhausted,
        pushTimeout,
        pushRetryPause);
  }

  public Settings withPushTimeout(Duration timeout) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        timeout,
        pushRetryPause);
  }

  public Settings withPushRetryPause(Duration pause) {
    return new Settings(
        rejectChunked,
        codeLifetime,
        sessionKeyMinPeriod,
        mediaCheckDelay,
        pushBeforeAnswer,
        phoneQuotaExhausted,
        pushTimeout,
        pause);
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }

  private static void requireNotNegative(Duration duration, String name) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative");
    }
  }
}
