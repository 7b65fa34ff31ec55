package dev.minilogin.application.push;

import static dev.minilogin.application.testing.Scene.NOW;
import static dev.minilogin.domain.testing.Sample.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgetPushesTest {
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
  private final ForgetPushes forgetPushes = new ForgetPushes(storage.pushInbox(), scene.clock());

  @Test
  void what_took_effect_long_ago_is_forgotten_once() {
    push();
    handlePushes.execute();
    scene.clock().advance(PushInbox.CONTENT_KEPT.plusMillis(1));
    assertThat(forgetPushes.execute()).isEqualTo(1);
    assertThat(forgetPushes.execute()).isZero();
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isZero();
  }

  @Test
  void what_took_effect_lately_can_do_so_again() {
    push();
    handlePushes.execute();
    scene.clock().advance(PushInbox.CONTENT_KEPT);
    assertThat(forgetPushes.execute()).isZero();
    assertThat(replayPushes.execute(scene.app().appId(), NOW, ANN)).isEqualTo(1);
  }

  @Test
  void what_waits_is_kept_however_old() {
    push();
    scene.clock().advance(PushInbox.CONTENT_KEPT.plus(Duration.ofDays(1)));
    assertThat(forgetPushes.execute()).isZero();
    assertThat(handlePushes.execute()).isEqualTo(1);
  }

  @Test
  void a_storage_that_is_down_is_told() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(forgetPushes::execute);
  }

  private void push() {
    PushEvent event = new PushEvent(Map.of("MsgType", "event", "Event", "debug_demo"));
    storage.pushInbox().accept(new Push(Sample.uuid(), scene.app().appId(), event, NOW, 0));
  }
}
