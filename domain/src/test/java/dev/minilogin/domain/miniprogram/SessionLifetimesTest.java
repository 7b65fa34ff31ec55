package dev.minilogin.domain.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionLifetimesTest {
  private static final Instant LOGIN = Instant.parse("2026-03-01T10:20:30.123Z");

  @Test
  void are_a_day_and_thirty_days_by_default() {
    assertThat(SessionLifetimes.DEFAULT)
        .isEqualTo(new SessionLifetimes(Duration.ofHours(24), Duration.ofDays(30)));
  }

  @Test
  void go_down_to_a_minute() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(new SessionLifetimes(minute, minute).idle()).isEqualTo(minute);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionLifetimes(minute.minusMillis(1), minute))
        .withMessageContaining("idle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionLifetimes(Duration.ZERO, Duration.ofDays(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionLifetimes(Duration.ofDays(-1), Duration.ofDays(1)));
  }

  @Test
  void have_no_absolute_end_before_the_idle_end() {
    Duration hour = Duration.ofHours(1);
    assertThat(new SessionLifetimes(hour, hour).absolute()).isEqualTo(hour);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionLifetimes(hour, hour.minusMillis(1)))
        .withMessageContaining("absolute");
  }

  @Test
  void count_the_absolute_end_from_the_login() {
    assertThat(SessionLifetimes.DEFAULT.absoluteEnd(LOGIN))
        .isEqualTo(Instant.parse("2026-03-31T10:20:30.123Z"));
  }

  @Test
  void count_the_idle_end_from_the_last_use_and_cap_it() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(3));
    Instant end = lifetimes.absoluteEnd(LOGIN);
    assertThat(lifetimes.idleEnd(LOGIN, end)).isEqualTo(LOGIN.plus(Duration.ofHours(1)));
    assertThat(lifetimes.idleEnd(end.minus(Duration.ofHours(1)).minusMillis(1), end))
        .isEqualTo(end.minusMillis(1));
    assertThat(lifetimes.idleEnd(end.minus(Duration.ofHours(1)), end)).isEqualTo(end);
    assertThat(lifetimes.idleEnd(end.minusMillis(1), end)).isEqualTo(end);
  }
}
