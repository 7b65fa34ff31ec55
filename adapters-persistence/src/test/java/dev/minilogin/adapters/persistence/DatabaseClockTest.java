package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  /** Half of the way to the database and back may be longer than the other half. */
  private static final Duration TOLERANCE = Duration.ofMillis(250);

  private static Schema schema;
  private static Instance instance;

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().freshSchema();
    instance = Instance.start(schema);
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @Test
  void whoever_asks_for_the_time_gets_this_clock() {
    assertThat(instance.context().getBean(InstantSource.class)).isInstanceOf(DatabaseClock.class);
  }

  @Test
  void it_has_the_precision_of_the_columns() {
    InstantSource clock = clock(instance);
    assertThat(Stream.generate(clock::instant).limit(1_000))
        .allSatisfy(instant -> assertThat(instant.getNano() % 1_000_000).isZero());
    Instant first = clock.instant();
    await().until(() -> clock.instant().isAfter(first));
  }

  @Test
  void it_shows_the_time_of_the_database() throws SQLException {
    clock(instance).calibrate();
    Instant before = databaseTime();
    Instant shown = clock(instance).instant();
    Instant after = databaseTime();
    assertThat(shown).isBetween(before.minus(TOLERANCE), after.plus(TOLERANCE));
  }

  @Test
  void how_far_the_clocks_are_apart_is_measured() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Instance measured = Instance.startWith(schema, meters)) {
      clock(measured).calibrate();
      Gauge skew = meters.get("mini_login.clock.skew").gauge();
      assertThat(skew.value()).isBetween(-0.25, 0.25);
      assertThat(skew.getId().getBaseUnit()).isEqualTo("seconds");
    }
  }

  /** MySQL lets a session have a time of its own. */
  @Test
  void it_follows_a_database_whose_time_is_another() {
    Instant theirs = Instant.parse("2023-11-14T22:13:20.250Z");
    try (Instance other = Instance.start(schema, "sessionVariables=timestamp=1700000000.250")) {
      clock(other).calibrate();
      Instant shown = clock(other).instant();
      assertThat(shown).isBetween(theirs.minus(TOLERANCE), theirs.plus(Duration.ofSeconds(20)));
      // It goes on by itself, though the session's time stands still.
      await().until(() -> clock(other).instant().isAfter(shown.plusMillis(30)));
    }
  }

  @Test
  void the_zone_of_the_session_does_not_matter() throws SQLException {
    try (Instance other = Instance.start(schema, "sessionVariables=time_zone='%2B08:00'")) {
      Instant before = databaseTime();
      Instant shown = clock(other).instant();
      Instant after = databaseTime();
      assertThat(shown).isBetween(before.minus(TOLERANCE), after.plus(TOLERANCE));
    }
  }

  @Test
  void without_the_database_it_goes_on_from_the_last_answer() {
    try (Instance other = Instance.start(schema, "sessionVariables=timestamp=1700000000.250")) {
      DatabaseClock clock = clock(other);
      Instant last = clock.instant();
      other.disconnect();
      clock.calibrate();
      Instant shown = clock.instant();
      assertThat(shown).isBetween(last, last.plusSeconds(20));
      await().until(() -> clock.instant().isAfter(shown.plusMillis(30)));
    }
  }

  private static DatabaseClock clock(Instance of) {
    return of.context().getBean(DatabaseClock.class);
  }

  private static Instant databaseTime() throws SQLException {
    return Instant.ofEpochMilli(
        new Sql(schema).number("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"));
  }
}
