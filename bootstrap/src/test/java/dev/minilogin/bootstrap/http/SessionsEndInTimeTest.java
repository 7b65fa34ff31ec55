package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions live as long as they are used, and no longer than they may. */
@ExtendWith(Stage.Given.class)
class SessionsEndInTimeTest {
  private static final Duration IDLE = Duration.ofHours(24);
  private static final Duration ABSOLUTE = Duration.ofDays(30);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Stage stage;

  SessionsEndInTimeTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void an_unused_session_is_good_until_its_last_second() {
    String token = stage.newLogin().token();

    stage.clock.advance(IDLE.minus(SECOND));

    stage.client.check(token).has(200);
  }

  @Test
  void an_unused_session_ends_at_its_idle_end() {
    String token = stage.newLogin().token();

    stage.clock.advance(IDLE);

    assertThat(stage.client.check(token).isProblem(401, "session-ended").text("reason"))
        .isEqualTo("idle");
  }

  @Test
  void what_has_ended_by_idling_stays_ended_however_often_it_is_asked_for() {
    String token = stage.newLogin().token();
    stage.clock.advance(IDLE);
    stage.client.check(token).has(401);

    assertThat(stage.client.check(token).has(401).text("reason")).isEqualTo("idle");
  }

  @Test
  void a_used_session_slides_and_says_so() {
    String token = stage.newLogin().token();
    stage.clock.advance(IDLE.minus(SECOND));
    Instant used = stage.clock.instant();

    Answer slid = stage.client.check(token).has(200);
    stage.clock.advance(IDLE.minus(SECOND));
    Answer slidAgain = stage.client.check(token).has(200);

    assertThat(slid.text("lastSeenAt")).isEqualTo(used.toString());
    assertThat(slid.json().get("idleExpiresIn").asLong()).isEqualTo(IDLE.toSeconds());
    assertThat(slid.json().get("expiresIn").asLong())
        .isEqualTo(ABSOLUTE.minus(IDLE).plus(SECOND).toSeconds());
    assertThat(slidAgain.text("lastSeenAt")).isEqualTo(stage.clock.instant().toString());
  }

  @Test
  void a_use_is_written_down_every_ten_minutes() {
    Answer login = stage.newLogin();
    String start = stage.clock.instant().toString();
    stage.clock.advance(Duration.ofMinutes(10).minusMillis(1));

    assertThat(stage.client.check(login.token()).text("lastSeenAt")).isEqualTo(start);
    stage.clock.advance(Duration.ofMillis(1));

    assertThat(stage.client.check(login.token()).text("lastSeenAt"))
        .isEqualTo(stage.clock.instant().toString());
  }

  @Test
  void a_session_that_is_always_used_ends_at_its_absolute_end() {
    String token = stage.newLogin().token();
    Duration step = Duration.ofHours(20);
    Duration used = Duration.ZERO;
    for (; used.plus(step).compareTo(ABSOLUTE) < 0; used = used.plus(step)) {
      stage.clock.advance(step);
      stage.client.check(token).has(200);
    }
    stage.clock.advance(ABSOLUTE.minus(used).minus(SECOND));

    Answer last = stage.client.check(token).has(200);

    assertThat(last.json().get("expiresIn").asLong()).isEqualTo(1);
    assertThat(last.json().get("idleExpiresIn").asLong()).isEqualTo(1);
    stage.clock.advance(SECOND);
    assertThat(stage.client.check(token).isProblem(401, "session-ended").text("reason"))
        .isEqualTo("expired");
  }

  @Test
  void every_route_keeps_a_session_alive() {
    String token = stage.newLogin().token();
    stage.clock.advance(IDLE.minus(SECOND));
    stage.client.me(token).has(200);
    stage.clock.advance(IDLE.minus(SECOND));
    stage.client.patchMe(token, "{}").has(200);
    stage.clock.advance(IDLE.minus(SECOND));

    stage.client.check(token).has(200);
  }

  @Test
  void times_have_the_precision_of_milliseconds() {
    stage.clock.set(Instant.parse("2100-01-01T00:00:00.123Z"));

    Answer login = stage.newLogin();

    assertThat(login.user().get("createdAt").asText()).isEqualTo("2100-01-01T00:00:00.123Z");
    assertThat(stage.client.check(login.token()).text("createdAt"))
        .isEqualTo("2100-01-01T00:00:00.123Z");
  }
}
