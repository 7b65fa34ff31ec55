package dev.minilogin.domain.session;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

final class AsksLocalTime {
  LocalDateTime now() {
    return LocalDateTime.now(ZoneOffset.UTC);
  }
}
