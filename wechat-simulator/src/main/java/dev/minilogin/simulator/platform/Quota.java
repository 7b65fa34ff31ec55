package dev.minilogin.simulator.platform;

import java.util.Optional;

/**
 * How often an app may call a server API.
 *
 * @param perMinute calls in a minute of the clock; empty: any number. jscode2session counts them
 *     for each user apart
 * @param perDay calls on a day of Beijing; empty: any number
 */
public record Quota(Optional<Integer> perMinute, Optional<Integer> perDay) {

  public Quota {
    if (perMinute.filter(calls -> calls < 0).isPresent()
        || perDay.filter(calls -> calls < 0).isPresent()) {
      throw new IllegalArgumentException("a quota must not be negative");
    }
  }
}
