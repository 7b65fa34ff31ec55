package dev.minilogin.application.audit;

import dev.minilogin.domain.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes what the audit log has kept long enough. */
public final class PurgeAuditLog {
  /** Cybersecurity Law of the PRC, article 21: network logs are kept for six months at least. */
  public static final Duration LEAST = Duration.ofDays(184);

  /** A year, so that what is found late can still be looked into. */
  public static final Duration DEFAULT = Duration.ofDays(365);

  private static final int AT_ONCE = 1000;

  private final AuditLog auditLog;
  private final Duration kept;
  private final InstantSource clock;

  /**
   * @param kept how long entries are kept
   * @param clock with millisecond precision
   * @throws IllegalArgumentException if that is less than {@link #LEAST}
   */
  public PurgeAuditLog(AuditLog auditLog, Duration kept, InstantSource clock) {
    if (kept.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "the audit log must be kept for " + LEAST.toDays() + "d at least");
    }
    this.auditLog = auditLog;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Deletes some.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public int execute() {
    Instant now = clock.instant();
    return auditLog.purge(now.minus(kept), AT_ONCE, now);
  }
}
