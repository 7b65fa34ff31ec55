package dev.minilogin.application.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateProfileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");

  private final InMemoryStorage storage = new InMemoryStorage();
  private final MutableClock clock = new MutableClock(NOW);
  private final UpdateProfile updateProfile = new UpdateProfile(storage.users(), clock);
  private final User user =
      storage.logins().record(Sample.newLogin(Sample.miniProgram(), Sample.identity())).user();

  @Test
  void a_change_is_the_users_word_of_now() {
    User expected =
        user.withProfile(
            new Profile(Map.of(ProfileField.NICKNAME, new Known("Ann", Profile.Source.USER, NOW))),
            NOW);
    assertThat(updateProfile.execute(user.id(), set(ProfileField.NICKNAME, "Ann")))
        .contains(expected);
    assertThat(storage.users().find(user.id())).contains(expected);
  }

  @Test
  void fields_that_are_not_named_stay_and_empty_ones_are_cleared() {
    updateProfile.execute(user.id(), set(ProfileField.NICKNAME, "Ann"));
    updateProfile.execute(user.id(), set(ProfileField.CITY, "Shenzhen"));
    clock.advance(Duration.ofMinutes(1));
    Optional<User> after =
        updateProfile.execute(
            user.id(), new ProfileChange(Map.of(ProfileField.CITY, Optional.empty())));
    assertThat(after)
        .hasValueSatisfying(
            changed -> {
              assertThat(changed.profile().known())
                  .isEqualTo(
                      Map.of(ProfileField.NICKNAME, new Known("Ann", Profile.Source.USER, NOW)));
              assertThat(changed.updatedAt()).isEqualTo(clock.instant());
            });
  }

  @Test
  void a_placeholder_changes_nothing() {
    Optional<User> before = updateProfile.execute(user.id(), set(ProfileField.NICKNAME, "Ann"));
    clock.advance(Duration.ofMinutes(1));
    assertThat(updateProfile.execute(user.id(), set(ProfileField.NICKNAME, "微信用户")))
        .isEqualTo(before);
  }

  @Test
  void changes_at_once_lose_nothing() {
    List<ProfileField> fields =
        List.of(ProfileField.NICKNAME, ProfileField.PROVINCE, ProfileField.CITY);
    AtOnce.run(
        fields.size(), i -> updateProfile.execute(user.id(), set(fields.get(i), "value " + i)));
    Profile profile = storage.users().find(user.id()).orElseThrow().profile();
    assertThat(profile.value(ProfileField.NICKNAME)).contains("value 0");
    assertThat(profile.value(ProfileField.PROVINCE)).contains("value 1");
    assertThat(profile.value(ProfileField.CITY)).contains("value 2");
  }

  @Test
  void an_account_that_is_gone_has_no_profile() {
    assertThat(updateProfile.execute(Sample.userId(), set(ProfileField.NICKNAME, "Ann"))).isEmpty();
  }

  @Test
  void without_the_storage_nothing_is_changed() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> updateProfile.execute(user.id(), set(ProfileField.NICKNAME, "Ann")));
    storage.comeBack();
    assertThat(storage.users().find(user.id())).contains(user);
  }

  private static ProfileChange set(ProfileField field, String value) {
    return new ProfileChange(Map.of(field, Optional.of(value)));
  }
}
