package dev.minilogin.application.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import org.junit.jupiter.api.Test;

class ShowUserTest {
  private final Scene scene = new Scene();
  private final ShowUser showUser = new ShowUser(scene.storage().users());
  private final UserId user = scene.newcomer().user().id();

  @Test
  void users_see_what_is_stored_of_them_now() {
    User named = scene.show(user, ProfileField.NICKNAME, "Ann");
    assertThat(showUser.execute(user)).contains(named);
  }

  @Test
  void who_never_was_or_is_gone_is_not_shown() {
    assertThat(showUser.execute(Sample.userId())).isEmpty();
    scene.erase(user);
    assertThat(showUser.execute(user)).isEmpty();
  }

  @Test
  void without_the_storage_a_user_is_neither_there_nor_gone() {
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> showUser.execute(user));
  }
}
