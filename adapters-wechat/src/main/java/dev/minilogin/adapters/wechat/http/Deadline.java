package dev.minilogin.adapters.wechat.http;

import java.time.Duration;

/** When something must be over. Measured in elapsed time: no clock can move it. */
public final class Deadline {
  private final long start = System.nanoTime();
  private final Duration time;

  private Deadline(Duration time) {
    this.time = time;
  }

  /** So long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(time);
  }

  /** What is left; never negative. */
  public Duration left() {
    Duration left = time.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether no more than half of the time has passed, so that trying again makes sense. */
  public boolean allowsAnotherTry() {
    return left().multipliedBy(2).compareTo(time) >= 0;
  }
}
