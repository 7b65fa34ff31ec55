package dev.minilogin.domain.testing;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.Limit;
import dev.minilogin.domain.limit.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Counts in memory, what all instances share and what this one was given back. */
public final class InMemoryRateLimits implements RateLimits {
  private final Map<Use, Window> shared;
  private final Map<Use, Window> own = new HashMap<>();
  private final InstantSource clock;
  private final boolean reachable;

  private record Use(Limit limit, String key) {}

  private static final class Window {
    final Instant end;
    int count;

    Window(Instant end) {
      this.end = end;
    }
  }

  /** The first of several instances. */
  public InMemoryRateLimits(InstantSource clock) {
    this(new HashMap<>(), clock, true);
  }

  private InMemoryRateLimits(Map<Use, Window> shared, InstantSource clock, boolean reachable) {
    this.shared = shared;
    this.clock = clock;
    this.reachable = reachable;
  }

  /** Another instance that counts with this one. */
  public InMemoryRateLimits another() {
    return new InMemoryRateLimits(shared, clock, true);
  }

  /** An instance that can't ask the others. */
  public InMemoryRateLimits alone() {
    return new InMemoryRateLimits(new HashMap<>(), clock, false);
  }

  @Override
  public Decision take(Limit limit, String key) {
    synchronized (shared) {
      Window used = window(shared, limit, key);
      Window given = window(own, limit, key);
      boolean allowed = true;
      if (given.count > 0) {
        given.count--;
      } else if (used.count < limit.quota()) {
        used.count++;
      } else {
        allowed = false;
      }
      return decision(limit, used, given, allowed);
    }
  }

  @Override
  public Decision look(Limit limit, String key) {
    synchronized (shared) {
      Use use = new Use(limit, key);
      Instant now = clock.instant();
      Window used = shared.getOrDefault(use, new Window(now));
      Window given = own.getOrDefault(use, new Window(now));
      if (!now.isBefore(used.end) && !now.isBefore(given.end)) {
        return new Decision(limit, true, limit.quota(), limit.window());
      }
      Decision left = decision(limit, used, given, true);
      return new Decision(limit, left.remaining() > 0, left.remaining(), left.resetIn());
    }
  }

  @Override
  public void giveBack(Limit limit, String key) {
    synchronized (shared) {
      Window given = window(own, limit, key);
      given.count = Math.min(limit.quota(), given.count + 1);
    }
  }

  @Override
  public int forget(int atMost) {
    if (!reachable) {
      throw new StorageUnavailable("forgetting rate limits", null);
    }
    synchronized (shared) {
      int forgotten = 0;
      Instant now = clock.instant();
      for (Iterator<Window> all = shared.values().iterator();
          all.hasNext() && forgotten < atMost; ) {
        if (!now.isBefore(all.next().end)) {
          all.remove();
          forgotten++;
        }
      }
      return forgotten;
    }
  }

  private Decision decision(Limit limit, Window used, Window given, boolean allowed) {
    int remaining = Math.min(limit.quota(), limit.quota() - used.count + given.count);
    return new Decision(limit, allowed, remaining, Duration.between(clock.instant(), used.end));
  }

  private Window window(Map<Use, Window> windows, Limit limit, String key) {
    Instant now = clock.instant();
    return windows.compute(
        new Use(limit, key),
        (_, window) ->
            window != null && now.isBefore(window.end)
                ? window
                : new Window(now.plus(limit.window())));
  }
}
