package dev.minilogin.application.push;

import static dev.minilogin.application.testing.Scene.NOW;
import static dev.minilogin.domain.testing.Sample.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayPushesTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final HandlePushes handlePushes =
      new HandlePushes(
          storage.pushInbox(),
          storage.identities(),
          storage.miniPrograms(),
          storage.contentReviews(),
          scene.clock());
  private final ReplayPushes replayPushes = new ReplayPushes(storage.pushInbox(), scene.clock());
  private final UserId user = scene.newcomer().user().id();

  @Test
  void what_is_done_takes_effect_again() {
    push("user_info_modified");
    handlePushes.execute();
    scene.show(user, ProfileField.NICKNAME, "restored from an old backup");
    scene.clock().advance(Duration.ofDays(1));
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isEqualTo(1);
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.NICKNAME)).isEmpty();
    assertThat(handlePushes.execute()).isZero();
  }

  @Test
  void what_the_user_has_set_since_stays() {
    push("user_info_modified");
    handlePushes.execute();
    scene.clock().advance(Duration.ofDays(1));
    scene.show(user, ProfileField.NICKNAME, "new");
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isEqualTo(1);
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.NICKNAME)).contains("new");
  }

  @Test
  void what_was_received_before_stays_done() {
    push("user_info_modified");
    handlePushes.execute();
    assertThat(replayPushes.execute(scene.app().appId(), NOW.plus(MILLISECOND), ANN)).isZero();
    assertThat(handlePushes.execute()).isZero();
  }

  @Test
  void what_another_mini_program_got_stays_done() {
    MiniProgram other = scene.anotherApp(Tenant.DEFAULT);
    push("user_info_modified");
    handlePushes.execute();
    assertThat(replayPushes.execute(other.appId(), NOW, ANN)).isZero();
    assertThat(handlePushes.execute()).isZero();
  }

  @Test
  void what_still_waits_takes_effect_once() {
    push("user_info_modified");
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isZero();
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(handlePushes.execute()).isZero();
  }

  @Test
  void an_account_is_not_erased_again() {
    push("user_authorization_cancellation");
    handlePushes.execute();
    assertThat(scene.stored(user).status()).isEqualTo(User.Status.DELETED);
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isZero();
  }

  @Test
  void without_the_storage_nothing_is_replayed() {
    push("user_info_modified");
    handlePushes.execute();
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> replayPushes.execute(scene.app().appId(), NOW, ANN));
    storage.comeBack();
    assertThat(handlePushes.execute()).isZero();
  }

  private void push(String event) {
    scene.show(user, ProfileField.NICKNAME, "Ann");
    storage
        .pushInbox()
        .accept(
            new Push(
                Sample.uuid(),
                scene.app().appId(),
                new PushEvent(
                    Map.of(
                        "Event", event,
                        "OpenID", scene.openId(user).value(),
                        "CreateTime", Long.toString(NOW.getEpochSecond()))),
                scene.clock().instant(),
                0));
  }
}
