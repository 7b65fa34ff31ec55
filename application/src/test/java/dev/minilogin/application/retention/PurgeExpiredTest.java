package dev.minilogin.application.retention;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PurgeExpiredTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final PurgeExpired purgeExpired = purgeExpired(storage.retention());

  @Test
  void each_thing_is_kept_as_long_as_its_period_says_and_no_longer() {
    List<String> purges = new ArrayList<>();
    purgeExpired(
            (what, before, limit) -> {
              purges.add(what + " " + Duration.between(before, NOW) + " " + limit);
              return 0;
            })
        .execute();
    assertThat(purges)
        .containsExactly(
            "SESSIONS PT720H 500",
            "LOGIN_CLAIMS PT24H 500",
            "SESSION_KEYS PT72H 500",
            "PUSHES PT2160H 500",
            "ERASURE_RECEIPTS PT26304H 500");
    assertThat(purges).hasSize(Expiry.values().length);
  }

  @Test
  void a_session_is_told_why_it_ended_for_a_month_and_then_forgotten() {
    Recorded login = scene.newcomer();
    scene.clock().advance(Duration.between(NOW, login.session().idleExpiresAt()));
    scene.clock().advance(Expiry.SESSIONS.after());
    purgeExpired.execute();
    assertThat(storage.sessions().find(login.token())).isPresent();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(purgeExpired.execute()).isEqualTo(1);
    assertThat(storage.sessions().find(login.token())).isEmpty();
  }

  @Test
  void session_keys_unused_for_three_days_are_erased() {
    Recorded login = scene.newcomer();
    scene.clock().advance(Duration.ofDays(3));
    purgeExpired.execute();
    assertThat(
            storage.identities().find(login.user().id(), scene.app().appId()).get().sessionKeys())
        .isNotEmpty();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(purgeExpired.execute()).isEqualTo(1);
    assertThat(
            storage.identities().find(login.user().id(), scene.app().appId()).get().sessionKeys())
        .isEmpty();
  }

  @Test
  void while_another_instance_is_at_it_nothing_is_purged() {
    scene.newcomer();
    scene.clock().advance(Duration.ofDays(60));
    UUID other = Sample.uuid();
    storage
        .leases()
        .take(
            PurgeExpired.LEASE,
            other,
            scene.clock().instant(),
            scene.clock().instant().plus(PurgeExpired.LEASE_LASTS));
    assertThat(purgeExpired.execute()).isZero();
    scene.clock().advance(PurgeExpired.LEASE_LASTS);
    assertThat(purgeExpired.execute()).as("a session and a session_key").isEqualTo(2);
  }

  @Test
  void an_instance_goes_on_until_nothing_is_left_and_then_lets_others() {
    int people = PurgeExpired.AT_ONCE + 1;
    for (int i = 0; i < people; i++) {
      scene.newcomer();
    }
    scene.clock().advance(Duration.ofDays(60));
    PurgeExpired another = purgeExpired(storage.retention());
    assertThat(purgeExpired.execute()).isEqualTo(2 * PurgeExpired.AT_ONCE);
    assertThat(another.execute()).isZero();
    assertThat(purgeExpired.execute()).isEqualTo(2);
    assertThat(another.execute()).isZero();
    assertThat(purgeExpired.execute()).isZero();
    scene.newcomer();
    scene.clock().advance(Duration.ofDays(60));
    assertThat(another.execute()).isEqualTo(2);
  }

  @Test
  void without_the_storage_all_is_left_for_the_next_time() {
    scene.newcomer();
    scene.clock().advance(Duration.ofDays(60));
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(purgeExpired::execute);
    storage.comeBack();
    assertThat(purgeExpired.execute()).isEqualTo(2);
  }

  private PurgeExpired purgeExpired(Retention retention) {
    return new PurgeExpired(retention, storage.leases(), scene.clock(), new SecureRandom());
  }
}
