package dev.minilogin.application.user;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnbindPhoneTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final UnbindPhone unbindPhone = new UnbindPhone(storage.phoneBindings(), scene.clock());
  private final UserId user = scene.newcomer().user().id();
  private final BoundPhone phone = new BoundPhone(Sample.phoneNumber(), NOW);

  @Test
  void the_number_goes_and_everything_else_stays() {
    scene.show(user, ProfileField.CITY, "Shenzhen");
    bind(user);
    scene.clock().advance(Duration.ofMinutes(1));
    User expected = scene.stored(user).withPhone(Optional.empty(), scene.clock().instant());
    assertThat(unbindPhone.execute(user)).contains(expected);
    assertThat(scene.stored(user)).isEqualTo(expected);
    assertThat(expected.phone()).isEmpty();
  }

  @Test
  void the_number_is_anybodys_then() {
    bind(user);
    unbindPhone.execute(user);
    bind(scene.newcomer().user().id());
  }

  @Test
  void whoever_has_no_number_stays_as_they_are() {
    User before = scene.stored(user);
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(unbindPhone.execute(user)).contains(before);
  }

  @Test
  void an_account_that_never_was_or_is_gone_has_no_number() {
    assertThat(unbindPhone.execute(Sample.userId())).isEmpty();
    bind(user);
    scene.erase(user);
    assertThat(unbindPhone.execute(user)).isEmpty();
  }

  @Test
  void without_the_storage_the_number_stays() {
    bind(user);
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> unbindPhone.execute(user));
    storage.comeBack();
    assertThat(scene.stored(user).phone()).contains(phone);
  }

  private void bind(UserId whose) {
    assertThat(storage.phoneBindings().bind(whose, Tenant.DEFAULT, phone, false, Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
  }
}
