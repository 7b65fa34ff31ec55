package dev.minilogin.simulator.control;

import dev.minilogin.simulator.platform.Api;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each server API was called, faults included. Unlike the wire log it never forgets.
 * Thread-safe.
 */
public final class CallCounter {

  private final Map<Api, Long> counts = new EnumMap<>(Api.class);

  public synchronized void count(Api api) {
    counts.merge(api, 1L, Long::sum);
  }

  public synchronized long of(Api api) {
    return counts.getOrDefault(api, 0L);
  }

  synchronized void reset() {
    counts.clear();
  }
}
