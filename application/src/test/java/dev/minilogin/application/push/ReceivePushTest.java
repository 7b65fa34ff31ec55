package dev.minilogin.application.push;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.push.ReceivePush.Result;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushSettings.Format;
import dev.minilogin.domain.miniprogram.PushSettings.Mode;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryPushEnvelopes;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReceivePushTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final InMemoryPushEnvelopes weChat = new InMemoryPushEnvelopes();
  private final ReceivePush receivePush =
      new ReceivePush(
          storage.miniPrograms(), weChat, storage.pushInbox(), scene.clock(), new SecureRandom());
  private final PushToken token = Sample.pushToken();
  private final PushSettings settings =
      new PushSettings(Mode.SECURE, Format.JSON, token, List.of(Sample.pushKey()));

  @BeforeEach
  void the_mini_program_gets_pushes() {
    scene.push(settings);
  }

  static Stream<Arguments> modesAndFormats() {
    return Stream.of(Mode.values())
        .flatMap(mode -> Stream.of(Format.values()).map(format -> Arguments.of(mode, format)));
  }

  @ParameterizedTest
  @MethodSource("modesAndFormats")
  void a_push_of_wechat_is_kept_as_it_was_written(Mode mode, Format format) {
    PushSettings anySettings =
        new PushSettings(
            mode, format, token, mode == Mode.PLAIN ? List.of() : List.of(Sample.pushKey()));
    scene.push(anySettings);
    PushEvent event = event();
    assertThat(receive(weChat.push(scene.app().appId(), anySettings, event, NOW)))
        .isEqualTo(Result.ACCEPTED);
    List<Push> kept = kept();
    assertThat(kept).hasSize(1);
    Push push = kept.getFirst();
    assertThat(push.event()).isEqualTo(event);
    assertThat(push.appId()).isEqualTo(scene.app().appId());
    assertThat(push.receivedAt()).isEqualTo(NOW);
    assertThat(push.id().version()).isEqualTo(7);
    assertThat(push.id().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void a_push_that_is_delivered_again_is_known() {
    PushEvent event = event();
    assertThat(receive(push(event))).isEqualTo(Result.ACCEPTED);
    scene.clock().advance(Duration.ofSeconds(5));
    assertThat(receive(push(event))).isEqualTo(Result.KNOWN);
    assertThat(receive(push(event()))).isEqualTo(Result.ACCEPTED);
    assertThat(kept()).hasSize(2);
  }

  @Test
  void deliveries_at_once_are_kept_once() {
    PushEvent event = event();
    List<Result> results = AtOnce.run(20, _ -> receive(push(event)));
    assertThat(results).containsOnlyOnce(Result.ACCEPTED);
    assertThat(results).filteredOn(Result.KNOWN::equals).hasSize(19);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void while_a_key_is_replaced_pushes_under_both_are_kept() {
    PushKey next = Sample.pushKey();
    PushSettings both =
        new PushSettings(
            Mode.SECURE, Format.JSON, token, List.of(next, settings.keys().getFirst()));
    scene.push(both);
    assertThat(receive(push(event()))).isEqualTo(Result.ACCEPTED);
    assertThat(receive(weChat.push(scene.app().appId(), both, event(), NOW)))
        .isEqualTo(Result.ACCEPTED);
  }

  // What isn't from WeChat

  @Test
  void what_somebody_else_signed_is_refused() {
    assertRefused(
        weChat.push(
            scene.app().appId(),
            new PushSettings(Mode.SECURE, Format.JSON, Sample.pushToken(), settings.keys()),
            event(),
            NOW));
  }

  @Test
  void what_is_encrypted_with_another_key_is_refused() {
    assertRefused(
        weChat.push(
            scene.app().appId(),
            new PushSettings(Mode.SECURE, Format.JSON, token, List.of(Sample.pushKey())),
            event(),
            NOW));
  }

  @Test
  void what_is_for_another_mini_program_is_refused() {
    assertRefused(weChat.push(Sample.appId(), settings, event(), NOW));
  }

  @Test
  void what_is_in_the_other_format_is_refused() {
    assertRefused(
        weChat.push(
            scene.app().appId(),
            new PushSettings(Mode.SECURE, Format.XML, token, settings.keys()),
            event(),
            NOW));
  }

  @Test
  void what_was_changed_on_the_way_is_refused() {
    PushRequest push = push(event());
    assertRefused(
        new PushRequest(
            push.signature(),
            push.timestamp(),
            push.nonce(),
            push.messageSignature(),
            push.body() + " "));
  }

  @Test
  void what_was_recorded_is_refused() {
    PushRequest push = push(event());
    scene.clock().advance(PushEnvelopes.WINDOW.plusSeconds(1));
    assertRefused(push);
  }

  @Test
  void a_mini_program_that_is_not_known_or_gets_no_pushes_gets_none() {
    AppId silent = scene.anotherApp(Tenant.DEFAULT).appId();
    assertThat(receivePush.execute(silent, weChat.push(silent, settings, event(), NOW)))
        .isEqualTo(Result.REFUSED);
    AppId unknown = Sample.appId();
    assertThat(receivePush.execute(unknown, weChat.push(unknown, settings, event(), NOW)))
        .isEqualTo(Result.REFUSED);
    assertThat(kept()).isEmpty();
  }

  @Test
  void without_the_storage_wechat_is_not_told_that_a_push_arrived() {
    PushRequest push = push(event());
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> receive(push));
    storage.comeBack();
    assertThat(receive(push)).isEqualTo(Result.ACCEPTED);
  }

  private void assertRefused(PushRequest push) {
    assertThat(receive(push)).isEqualTo(Result.REFUSED);
    assertThat(kept()).isEmpty();
  }

  private Result receive(PushRequest push) {
    return receivePush.execute(scene.app().appId(), push);
  }

  private PushRequest push(PushEvent event) {
    return weChat.push(scene.app().appId(), settings, event, scene.clock().instant());
  }

  private static PushEvent event() {
    return new PushEvent(
        Map.of("MsgType", "event", "Event", "user_info_modified", "OpenID", Sample.text(28)));
  }

  private List<Push> kept() {
    return storage.pushInbox().claim(scene.clock().instant(), scene.clock().instant(), 100);
  }
}
