package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever looks for unused pictures passes over those that profiles show, however many. */
class ShownAvatarsTest implements MysqlStorage {
  private final Sql sql = new Sql(MysqlStorage.schema());
  private final UserId user = newUser().user().id();

  @Test
  void a_picture_is_passed_over_from_when_it_is_shown_until_it_no_longer_is() throws SQLException {
    AvatarKey first = add();
    AvatarKey second = add();
    assertThat(isPassedOver(first)).isFalse();
    show(Optional.of(first.path()));
    assertThat(isPassedOver(first)).isTrue();
    assertThat(isPassedOver(second)).isFalse();
    show(Optional.of(second.path()));
    assertThat(isPassedOver(first)).isFalse();
    assertThat(isPassedOver(second)).isTrue();
    show(Optional.of("https://example.com/picture.jpg"));
    assertThat(isPassedOver(second)).isFalse();
  }

  @Test
  void a_picture_that_is_cleared_is_looked_at_again() throws SQLException {
    AvatarKey key = add();
    show(Optional.of(key.path()));
    show(Optional.empty());
    assertThat(isPassedOver(key)).isFalse();
  }

  private AvatarKey add() {
    AvatarKey key = Sample.avatarKey();
    storage().avatars().add(key, user, Sample.now());
    return key;
  }

  private void show(Optional<String> avatarUrl) {
    storage()
        .users()
        .changeProfile(
            user,
            new ProfileChange(Map.of(ProfileField.AVATAR_URL, avatarUrl)),
            Profile.Source.USER,
            Sample.now());
  }

  private boolean isPassedOver(AvatarKey key) throws SQLException {
    return sql.number("SELECT shown FROM avatars WHERE avatar_key = '" + key.value() + "'") == 1;
  }
}
