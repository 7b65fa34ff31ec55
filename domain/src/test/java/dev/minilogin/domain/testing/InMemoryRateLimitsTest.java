package dev.minilogin.domain.testing;

import dev.minilogin.domain.limit.RateLimits;
import java.time.Instant;

class InMemoryRateLimitsTest implements RateLimitsContract {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:20:30.123Z"));
  private final InMemoryRateLimits first = new InMemoryRateLimits(clock);

  @Override
  public MutableClock clock() {
    return clock;
  }

  @Override
  public RateLimits instance() {
    return first.another();
  }

  @Override
  public RateLimits aloneInstance() {
    return first.alone();
  }
}
