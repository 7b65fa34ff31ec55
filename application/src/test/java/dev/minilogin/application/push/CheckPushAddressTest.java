package dev.minilogin.application.push;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.testing.InMemoryPushEnvelopes;
import dev.minilogin.domain.testing.Sample;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckPushAddressTest {
  private final Scene scene = new Scene();
  private final InMemoryPushEnvelopes weChat = new InMemoryPushEnvelopes();
  private final CheckPushAddress checkPushAddress =
      new CheckPushAddress(scene.storage().miniPrograms(), weChat, scene.clock());
  private final PushToken token = Sample.pushToken();

  @BeforeEach
  void the_mini_program_gets_pushes() {
    scene.push(
        new PushSettings(
            PushSettings.Mode.SECURE, PushSettings.Format.JSON, token, List.of(Sample.pushKey())));
  }

  @Test
  void wechat_is_recognised_by_its_signature() {
    assertThat(checkPushAddress.execute(scene.app().appId(), weChat.check(token, NOW))).isTrue();
    assertThat(checkPushAddress.execute(scene.app().appId(), weChat.check(Sample.pushToken(), NOW)))
        .isFalse();
  }

  @Test
  void a_check_that_was_recorded_is_none() {
    scene.clock().advance(PushEnvelopes.WINDOW.plusSeconds(1));
    assertThat(checkPushAddress.execute(scene.app().appId(), weChat.check(token, NOW))).isFalse();
  }

  @Test
  void a_mini_program_that_is_not_known_or_gets_no_pushes_has_no_address() {
    assertThat(checkPushAddress.execute(Sample.appId(), weChat.check(token, NOW))).isFalse();
    assertThat(
            checkPushAddress.execute(
                scene.anotherApp(Tenant.DEFAULT).appId(), weChat.check(token, NOW)))
        .isFalse();
  }

  @Test
  void without_the_storage_nobody_is_turned_away() {
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> checkPushAddress.execute(scene.app().appId(), weChat.check(token, NOW)));
  }
}
