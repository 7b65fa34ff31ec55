package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The platform's time: another clock's, plus an offset that can only grow until it is reset. */
public final class SimulatorClock implements InstantSource {

  private final InstantSource base;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  public SimulatorClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset.get());
  }

  /** Moves the time on; negative amounts are refused. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards");
    }
    offset.accumulateAndGet(by, Duration::plus);
  }

  /** Back to the underlying clock. */
  public void reset() {
    offset.set(Duration.ZERO);
  }
}
