package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.user.UserId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether what this instance has read of a user's sessions still holds. It hears what other
 * instances revoke by reading {@code revocations} twice a second, and while it can't hear, it
 * vouches for nothing. An instance that nobody asks doesn't read.
 *
 * <p>All times are those of {@link System#nanoTime}: no clock that can be set has a say.
 */
@Singleton
public final class RevocationFeed {
  /** Nothing that was read longer ago than this is vouched for. */
  public static final Duration VOUCHES_FOR_AT_MOST = Duration.ofSeconds(60);

  /** How long nothing need be known of what was revoked since the latest reading began. */
  static final Duration HEARD_LATELY = Duration.ofSeconds(3);

  /**
   * How far a reading goes back behind the beginning of the one before: a row has the time of its
   * statement, and is seen only when its transaction is committed.
   */
  static final Duration OVERLAP = Duration.ofSeconds(10);

  static final int MOST_ROWS = 10_000;
  static final int MOST_NOTES = 100_000;

  private static final long ASKED_PRECISION_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);

  private final RevocationSource source;
  private final LongSupplier nanoTime;

  /** When it was last noted of each user that what was read before is over. */
  private final Map<UserId, Long> notes = new ConcurrentHashMap<>();

  private final Object writing = new Object();
  private volatile long forgotAt;
  private volatile long heardAt;
  private volatile long askedAt;
  private Set<UUID> known = Set.of();
  private boolean deaf;

  @Inject
  RevocationFeed(RevocationSource source, Optional<MeterRegistry> meters) {
    this(source, System::nanoTime);
    meters.ifPresent(
        registry ->
            Gauge.builder("mini_login.revocations.age", this, feed -> feed.age().toMillis() / 1e3)
                .baseUnit("seconds")
                .description("How old what is known of other instances' revocations is")
                .register(registry));
  }

  RevocationFeed(RevocationSource source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    long never = now - 2 * VOUCHES_FOR_AT_MOST.toNanos();
    forgotAt = now;
    heardAt = never;
    askedAt = never;
  }

  /**
   * Whether what was read of a user's sessions still holds.
   *
   * @param readAt when the reading began
   */
  public boolean vouchesFor(UserId user, long readAt) {
    long now = nanoTime.getAsLong();
    if (now - askedAt > ASKED_PRECISION_NANOS) {
      askedAt = now;
    }
    // In the opposite order of that in which they are written.
    long heard = heardAt;
    Long note = notes.get(user);
    return now - heard <= HEARD_LATELY.toNanos()
        && now - readAt <= VOUCHES_FOR_AT_MOST.toNanos()
        && (note == null || readAt - note > 0)
        && readAt - forgotAt > 0;
  }

  /** What was read of a user's sessions until now is over. */
  public void note(UserId user) {
    synchronized (writing) {
      if (notes.size() >= MOST_NOTES) {
        forgetAll();
      }
      notes.put(user, nanoTime.getAsLong());
    }
  }

  /** What was read of anybody's sessions until now is over. */
  private void forgetAll() {
    synchronized (writing) {
      forgotAt = nanoTime.getAsLong();
      notes.clear();
    }
  }

  @Scheduled(fixedDelay = "500ms")
  synchronized void listen() {
    long now = nanoTime.getAsLong();
    notes.values().removeIf(note -> now - note > VOUCHES_FOR_AT_MOST.toNanos());
    if (isAsked(now)) {
      try {
        hear(source.latest(lookBack(now), MOST_ROWS + 1));
        heardAt = now;
        if (deaf) {
          deaf = false;
          LOG.info("revocations can be read again");
        }
      } catch (StorageUnavailable e) {
        if (!deaf) {
          deaf = true;
          LOG.warn("every check reads its session, until this works: {}", e.getMessage());
        }
      }
    }
  }

  private boolean isAsked(long now) {
    return now - askedAt <= VOUCHES_FOR_AT_MOST.toNanos();
  }

  /** As far as anything reaches that might be vouched for, and no further. */
  private Duration lookBack(long now) {
    Duration sinceHeard = Duration.ofNanos(now - heardAt);
    return (sinceHeard.compareTo(VOUCHES_FOR_AT_MOST) < 0 ? sinceHeard : VOUCHES_FOR_AT_MOST)
        .plus(OVERLAP);
  }

  private void hear(List<RevocationRow> rows) {
    Set<UUID> heard = new HashSet<>();
    for (RevocationRow row : rows) {
      UUID id = Binary.uuid(row.id());
      heard.add(id);
      if (!known.contains(id)) {
        note(new UserId(Binary.uuid(row.userId())));
      }
    }
    if (rows.size() > MOST_ROWS) {
      forgetAll();
    }
    // A row that is out of sight doesn't come back: each reading begins later than the one before.
    known = heard;
  }

  private Duration age() {
    long now = nanoTime.getAsLong();
    return isAsked(now) ? Duration.ofNanos(now - heardAt) : Duration.ZERO;
  }
}
