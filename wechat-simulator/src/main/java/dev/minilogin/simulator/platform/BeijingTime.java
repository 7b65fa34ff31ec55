package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** WeChat counts its days in Beijing. */
final class BeijingTime {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private BeijingTime() {}

  static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }
}
