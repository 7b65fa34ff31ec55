package dev.minilogin.domain.session;

import java.time.Instant;

final class AsksInstant {
  Instant now() {
    return Instant.now();
  }
}
