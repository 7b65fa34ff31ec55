package dev.minilogin.domain.session;

import java.time.Instant;
import java.util.function.Supplier;

final class AsksByReference {
  Supplier<Instant> clock() {
    return Instant::now;
  }
}
