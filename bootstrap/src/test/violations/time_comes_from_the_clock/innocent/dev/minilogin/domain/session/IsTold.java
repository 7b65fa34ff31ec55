package dev.minilogin.domain.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

final class IsTold {
  long start = System.nanoTime();

  Instant at(InstantSource clock) {
    return clock.instant().plus(Duration.ofDays(1));
  }
}
