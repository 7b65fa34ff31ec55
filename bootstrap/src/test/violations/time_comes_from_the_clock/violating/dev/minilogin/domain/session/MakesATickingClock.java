package dev.minilogin.domain.session;

import java.time.Clock;
import java.time.Duration;

final class MakesATickingClock {
  Clock clock(Clock of) {
    return Clock.tick(of, Duration.ofSeconds(1));
  }
}
