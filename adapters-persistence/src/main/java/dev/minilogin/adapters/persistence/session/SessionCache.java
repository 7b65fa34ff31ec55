package dev.minilogin.adapters.persistence.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minilogin.adapters.persistence.revocation.RevocationFeed;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.Sessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The good sessions that this instance has read lately, as long as the {@link RevocationFeed}
 * vouches for what was read. One that isn't good is always read anew: somebody may have used it at
 * another instance meanwhile, and its holder is to be told the last word.
 *
 * <p>Also the uses that this instance has written lately: of the many who see one at once that is
 * to be written, one goes to the database.
 */
@Singleton
final class SessionCache {
  private static final int MOST = 50_000;

  private final Cache<ByteBuffer, Kept> kept =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(RevocationFeed.VOUCHES_FOR_AT_MOST)
          .build();

  private final Cache<SessionId, Instant> uses =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(RevocationFeed.VOUCHES_FOR_AT_MOST)
          .build();

  private final RevocationFeed feed;
  private final InstantSource clock;
  private final Counter fromMemory;
  private final Counter fromDatabase;

  SessionCache(RevocationFeed feed, InstantSource clock, Optional<MeterRegistry> meters) {
    this.feed = feed;
    this.clock = clock;
    MeterRegistry registry = meters.orElseGet(CompositeMeterRegistry::new);
    this.fromMemory = counter(registry, "memory");
    this.fromDatabase = counter(registry, "database");
  }

  private static Counter counter(MeterRegistry registry, String source) {
    return Counter.builder("mini_login.session.reads")
        .description("Sessions found by their token")
        .tag("source", source)
        .register(registry);
  }

  /**
   * @param readAt when the reading began
   */
  private record Kept(Sessions.Held held, long readAt) {}

  /**
   * The session under a hash of its token.
   *
   * @param stored reads it
   */
  Optional<Sessions.Held> find(byte[] mac, Supplier<Optional<Sessions.Held>> stored) {
    ByteBuffer key = ByteBuffer.wrap(mac);
    Instant now = clock.instant();
    Kept known = kept.getIfPresent(key);
    if (known != null && isGood(known.held(), now) && isVouchedFor(known)) {
      fromMemory.increment();
      return Optional.of(known.held());
    }
    long readAt = System.nanoTime();
    Optional<Sessions.Held> held = stored.get();
    fromDatabase.increment();
    held.filter(found -> isGood(found, now))
        .ifPresent(good -> kept.put(key, new Kept(good, readAt)));
    return held;
  }

  private static boolean isGood(Sessions.Held held, Instant now) {
    return held.endedAt(now).isEmpty();
  }

  private boolean isVouchedFor(Kept known) {
    return feed.vouchesFor(known.held().session().userId(), known.readAt());
  }

  /**
   * Whether a use was written.
   *
   * @param seen the session before it
   * @param write writes it on the condition that the session is as it was seen
   */
  boolean slide(Session seen, Session used, BooleanSupplier write) {
    if (!isFirst(seen, used)) {
      return false;
    }
    boolean written = false;
    try {
      written = write.getAsBoolean();
    } finally {
      if (written) {
        feed.note(seen.userId());
      } else {
        uses.invalidate(used.id());
      }
    }
    return written;
  }

  private boolean isFirst(Session seen, Session used) {
    Instant known = uses.asMap().putIfAbsent(used.id(), used.lastSeenAt());
    return known == null
        || !known.isAfter(seen.lastSeenAt())
            && uses.asMap().replace(used.id(), known, used.lastSeenAt());
  }
}
