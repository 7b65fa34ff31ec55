package dev.minilogin.domain.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Thread-safe; with millisecond precision. */
public final class MutableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /**
   * @param now what it shows at first, cut to milliseconds
   */
  public MutableClock(Instant now) {
    this.now = new AtomicReference<>(now.truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /**
   * @param by cut to milliseconds; may be negative
   */
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plusMillis(by.toMillis()));
  }

  /**
   * @param to cut to milliseconds
   */
  public void set(Instant to) {
    now.set(to.truncatedTo(ChronoUnit.MILLIS));
  }
}
