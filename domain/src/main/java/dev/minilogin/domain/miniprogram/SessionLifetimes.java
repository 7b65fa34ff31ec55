package dev.minilogin.domain.miniprogram;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions live. Login in a mini program is silently renewable, so short is cheap.
 *
 * @param idle a session that is not used for so long ends; at least one minute
 * @param absolute a session ends so long after its login, whatever happens; not below {@code idle}
 */
public record SessionLifetimes(Duration idle, Duration absolute) {
  /** 24 hours unused, 30 days in all (the ceiling that NIST SP 800-63B-4 names for AAL1). */
  public static final SessionLifetimes DEFAULT =
      new SessionLifetimes(Duration.ofHours(24), Duration.ofDays(30));

  /**
   * @throws IllegalArgumentException if a lifetime is out of its range
   */
  public SessionLifetimes {
    if (idle.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("idle lifetime must be at least one minute");
    }
    if (absolute.compareTo(idle) < 0) {
      throw new IllegalArgumentException("absolute lifetime must not be below the idle lifetime");
    }
  }

  /** The end of a session that was opened at {@code createdAt}, whatever happens. */
  public Instant absoluteEnd(Instant createdAt) {
    return createdAt.plus(absolute);
  }

  /** The end of a session last used at {@code seenAt}, never after {@code absoluteEnd}. */
  public Instant idleEnd(Instant seenAt, Instant absoluteEnd) {
    Instant end = seenAt.plus(idle);
    return end.isBefore(absoluteEnd) ? end : absoluteEnd;
  }
}
