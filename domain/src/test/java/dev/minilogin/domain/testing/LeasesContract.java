package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.retention.Leases;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Leases} promises. */
public interface LeasesContract extends StorageContract {
  Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
  Instant UNTIL = NOW.plusSeconds(60);

  @Test
  default void a_lease_is_one_holders_until_it_ends() {
    String name = Sample.text(32);
    UUID first = Sample.uuid();
    UUID second = Sample.uuid();
    assertThat(leases().take(name, first, NOW, UNTIL)).isTrue();
    assertThat(leases().take(name, second, UNTIL.minusMillis(1), UNTIL.plusSeconds(9))).isFalse();
    assertThat(leases().take(name, second, UNTIL, UNTIL.plusSeconds(9))).isTrue();
    assertThat(leases().take(name, first, UNTIL, UNTIL.plusSeconds(9))).isFalse();
  }

  @Test
  default void its_holder_may_go_on() {
    String name = Sample.text(32);
    UUID holder = Sample.uuid();
    leases().take(name, holder, NOW, UNTIL);
    assertThat(leases().take(name, holder, NOW.plusSeconds(30), UNTIL.plusSeconds(30))).isTrue();
    assertThat(leases().take(name, holder, NOW.plusSeconds(30), UNTIL.plusSeconds(30))).isTrue();
    assertThat(leases().take(name, Sample.uuid(), UNTIL, UNTIL.plusSeconds(9))).isFalse();
  }

  @Test
  default void a_lease_that_its_holder_gives_back_is_anybodys() {
    String name = Sample.text(32);
    UUID holder = Sample.uuid();
    leases().take(name, holder, NOW, UNTIL);
    leases().give(name, Sample.uuid());
    assertThat(leases().take(name, Sample.uuid(), NOW, UNTIL)).isFalse();
    leases().give(name, holder);
    assertThat(leases().take(name, Sample.uuid(), NOW, UNTIL)).isTrue();
    leases().give(Sample.text(32), holder);
  }

  @Test
  default void leases_of_two_things_are_two() {
    assertThat(leases().take(Sample.text(32), Sample.uuid(), NOW, UNTIL)).isTrue();
    assertThat(leases().take(Sample.text(32), Sample.uuid(), NOW, UNTIL)).isTrue();
  }

  @Test
  default void of_several_at_once_one_gets_it() {
    String name = Sample.text(32);
    for (Instant now = NOW; now.isBefore(NOW.plusSeconds(180)); now = now.plusSeconds(60)) {
      Instant at = now;
      List<Boolean> taken =
          AtOnce.run(8, _ -> leases().take(name, Sample.uuid(), at, at.plusSeconds(60)));
      assertThat(taken).containsOnlyOnce(true);
    }
  }

  @Test
  default void the_leases_of_an_unreachable_storage_are_nobodys() {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().leases().take("a", Sample.uuid(), NOW, UNTIL));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().leases().give("a", Sample.uuid()));
  }

  private Leases leases() {
    return storage().leases();
  }
}
