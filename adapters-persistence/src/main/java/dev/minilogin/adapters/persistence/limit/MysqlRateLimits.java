package dev.minilogin.adapters.persistence.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.Limit;
import dev.minilogin.domain.limit.RateLimits;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate limits that hold across instances by a table in MySQL. Who uses little of a limit costs the
 * database nothing, and who is over it neither.
 */
@Singleton
final class MysqlRateLimits implements RateLimits {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlRateLimits.class);
  private static final int MOST_WINDOWS = 200_000;

  /** So long nobody waits for a database that didn't answer. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final SharedBuckets shared;
  private final InstantSource clock;
  private final Executor background;
  private final Cache<Use, Window> windows =
      Caffeine.newBuilder()
          .maximumSize(MOST_WINDOWS)
          .expireAfter(
              Expiry.<Use, Window>accessing((use, _) -> use.limit().window().multipliedBy(2)))
          .build();
  private volatile Instant askAgainAt = Instant.MIN;

  MysqlRateLimits(
      SharedBuckets shared,
      InstantSource clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService background) {
    this.shared = shared;
    this.clock = clock;
    this.background = background;
  }

  private record Use(Limit limit, String key) {}

  @Override
  public Decision take(Limit limit, String key) {
    Use use = new Use(limit, key);
    Window window = window(use);
    Optional<Decision> known = window.take(clock.instant());
    if (known.isPresent()) {
      return known.get();
    }
    return limit.exact() ? askAndTake(use, window) : takeAndAsk(use, window);
  }

  /** One asks while the others of this instance wait for what it gets. */
  private Decision askAndTake(Use use, Window window) {
    synchronized (window.turn()) {
      while (true) {
        Optional<Decision> known = window.take(clock.instant());
        if (known.isPresent()) {
          return known.get();
        }
        ask(use, window);
      }
    }
  }

  private Decision takeAndAsk(Use use, Window window) {
    Decision decision = window.takeOnCredit(clock.instant());
    if (window.beginsAsking()) {
      try {
        background.execute(() -> ask(use, window));
      } catch (RejectedExecutionException e) {
        window.goOnAlone();
      }
    }
    return decision;
  }

  private void ask(Use use, Window window) {
    Instant now = clock.instant();
    if (now.isBefore(askAgainAt)) {
      window.goOnAlone();
      return;
    }
    try {
      window.add(shared.ask(use.limit(), use.key(), window.capacity(), window.wanted()));
    } catch (StorageUnavailable e) {
      LOG.warn("this instance keeps to rate limits by itself: {}", e.getMessage());
      askAgainAt = now.plus(REST);
      window.goOnAlone();
    }
  }

  @Override
  public Decision look(Limit limit, String key) {
    Window window = windows.getIfPresent(new Use(limit, key));
    Instant now = clock.instant();
    return window == null || window.isOver(now)
        ? new Decision(limit, true, limit.quota(), limit.window())
        : window.look(now);
  }

  @Override
  public void giveBack(Limit limit, String key) {
    window(new Use(limit, key)).giveBack();
  }

  @Override
  public int forget(int atMost) {
    return shared.forget(atMost);
  }

  private Window window(Use use) {
    Instant now = clock.instant();
    Window window = windows.getIfPresent(use);
    if (window != null && !window.isOver(now)) {
      return window;
    }
    return windows
        .asMap()
        .compute(
            use, (_, old) -> old == null || old.isOver(now) ? new Window(use.limit(), now) : old);
  }
}
