package dev.minilogin.domain.session;

import java.time.Clock;

final class MakesAClock {
  Clock clock() {
    return Clock.systemUTC();
  }
}
