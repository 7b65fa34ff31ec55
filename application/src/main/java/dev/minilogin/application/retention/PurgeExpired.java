package dev.minilogin.application.retention;

import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.retention.Leases;
import dev.minilogin.domain.retention.Retention;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Forgets what is past its time, on one instance at a time and in small steps. */
public final class PurgeExpired {
  static final String LEASE = "purge";

  /** Much longer than a step takes. */
  static final Duration LEASE_LASTS = Duration.ofMinutes(5);

  static final int AT_ONCE = 500;

  private final Retention retention;
  private final Leases leases;
  private final InstantSource clock;
  private final UUID self;

  /**
   * @param clock with millisecond precision
   * @param random makes the name of this instance
   */
  public PurgeExpired(
      Retention retention, Leases leases, InstantSource clock, SecureRandom random) {
    this.retention = retention;
    this.leases = leases;
    this.clock = clock;
    this.self = TimeOrderedId.make(clock.instant(), random);
  }

  /**
   * Forgets some.
   *
   * @return how many; if any, there may be more; none while another instance is at it
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done; the rest stays
   *     for the next time
   */
  public int execute() {
    Instant now = clock.instant();
    if (!leases.take(LEASE, self, now, now.plus(LEASE_LASTS))) {
      return 0;
    }
    int purged = 0;
    for (Expiry what : Expiry.values()) {
      purged += retention.purge(what, now.minus(what.after()), AT_ONCE);
    }
    if (purged == 0) {
      leases.give(LEASE, self);
    }
    return purged;
  }
}
