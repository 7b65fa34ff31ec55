package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushSettings.Format;
import dev.minilogin.domain.miniprogram.PushSettings.Mode;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link PushEnvelopes} promises, given a way to make what it opens. */
public interface PushEnvelopesContract {
  /** When WeChat sends the pushes of a test. */
  Instant SENT = Instant.parse("2026-03-01T10:20:30Z");

  AppId APP = new AppId("wxba5fad812f8e6fb9");

  PushEvent EVENT =
      new PushEvent(
          Map.of(
              "ToUserName", "gh_97417a04a28d",
              "FromUserName", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
              "CreateTime", "1714037059",
              "MsgType", "event",
              "Event", "wxa_media_check",
              "trace_id", "60f96f1d-3845297a-1976a3ae",
              "result.suggest", "pass",
              "result.label", "100",
              "note", "微信 😀 <&> \" ' \\"));

  /** The adapter under test. */
  PushEnvelopes pushEnvelopes();

  /**
   * A push as WeChat sends it: the event in the settings' format, protected as their mode says,
   * with their first key.
   */
  PushRequest push(AppId appId, PushSettings settings, PushEvent event, Instant at);

  /** A check of our address as WeChat sends it. */
  PushRequest check(PushToken token, Instant at);

  /** Every mode with every format. */
  static Stream<PushSettings> settings() {
    return Stream.of(Mode.values())
        .flatMap(
            mode ->
                Stream.of(Format.values())
                    .map(format -> new PushSettings(mode, format, Sample.pushToken(), keys(mode))));
  }

  /** Every encrypting mode with every format. */
  static Stream<PushSettings> encrypting() {
    return settings().filter(settings -> settings.mode() != Mode.PLAIN);
  }

  // Pushes

  @ParameterizedTest
  @MethodSource("settings")
  default void a_push_is_read_as_it_was_written(PushSettings settings) {
    assertThat(open(settings, push(settings))).contains(EVENT);
  }

  @ParameterizedTest
  @MethodSource("settings")
  default void a_push_that_was_signed_with_another_token_is_refused(PushSettings settings) {
    PushSettings others = with(settings, Sample.pushToken());
    assertThat(open(settings, push(others))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  default void a_push_in_the_other_format_is_refused(PushSettings settings) {
    Format other = settings.format() == Format.JSON ? Format.XML : Format.JSON;
    PushSettings others =
        new PushSettings(settings.mode(), other, settings.token(), settings.keys());
    assertThat(open(settings, push(others))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  default void a_push_is_good_for_five_minutes(PushSettings settings) {
    Duration window = PushEnvelopes.WINDOW;
    assertThat(window).isEqualTo(Duration.ofMinutes(5));
    PushRequest push = push(settings);
    assertThat(openAt(settings, push, SENT.plus(window))).isPresent();
    assertThat(openAt(settings, push, SENT.plus(window).plusMillis(1))).isEmpty();
    assertThat(openAt(settings, push, SENT.minus(window))).isPresent();
    assertThat(openAt(settings, push, SENT.minus(window).minusMillis(1))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  default void nothing_that_is_signed_can_be_changed(PushSettings settings) {
    PushRequest push = push(settings);
    long second = Long.parseLong(push.timestamp()) + 1;
    for (PushRequest changed :
        List.of(
            with(push, Long.toString(second), push.nonce(), push.body()),
            with(push, push.timestamp() + "0", push.nonce(), push.body()),
            with(push, "", push.nonce(), push.body()),
            with(push, "now", push.nonce(), push.body()),
            with(push, "99999999999999999999", push.nonce(), push.body()),
            with(push, push.timestamp(), push.nonce() + "1", push.body()),
            with(push, push.timestamp(), "", push.body()))) {
      assertThat(open(settings, changed)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  default void what_is_no_push_is_refused(PushSettings settings) {
    PushRequest push = push(settings);
    for (String body : List.of("", " ", "{", "<", "null", "[]", "text", "{}{}", "<a/><b/>")) {
      assertThat(open(settings, with(push, push.timestamp(), push.nonce(), body))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  default void in_plain_mode_the_signature_must_be_right(Format format) {
    PushSettings settings = new PushSettings(Mode.PLAIN, format, Sample.pushToken(), List.of());
    PushRequest push = push(settings);
    for (String signature :
        List.of(
            "",
            "0".repeat(push.signature().length()),
            push.signature().substring(1),
            push.signature() + "0")) {
      PushRequest changed =
          new PushRequest(
              signature,
              push.timestamp(),
              push.nonce(),
              Optional.of(push.signature()),
              push.body());
      assertThat(open(settings, changed)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void in_other_modes_the_signature_of_the_message_must_be_right(PushSettings settings) {
    PushRequest push = push(settings);
    String right = push.messageSignature().orElseThrow();
    for (Optional<String> signature :
        List.of(
            Optional.<String>empty(),
            Optional.of(""),
            Optional.of(push.signature()),
            Optional.of("0".repeat(right.length())),
            Optional.of(right.substring(1)),
            Optional.of(right + "0"))) {
      PushRequest changed =
          new PushRequest(push.signature(), push.timestamp(), push.nonce(), signature, push.body());
      assertThat(open(settings, changed)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void in_other_modes_the_plain_signature_counts_for_nothing(PushSettings settings) {
    PushRequest push = push(settings);
    PushRequest changed =
        new PushRequest(
            "0".repeat(40), push.timestamp(), push.nonce(), push.messageSignature(), push.body());
    assertThat(open(settings, changed)).contains(EVENT);
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void the_message_of_another_push_is_refused(PushSettings settings) {
    PushRequest push = push(settings);
    PushRequest other =
        push(APP, settings, new PushEvent(Map.of("MsgType", "event", "Event", "other")), SENT);
    assertThat(open(settings, with(push, push.timestamp(), push.nonce(), other.body()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void a_push_about_another_mini_program_is_refused(PushSettings settings) {
    AppId other = new AppId("wxba5fad812f8e6fb8");
    PushRequest push = push(other, settings, EVENT, SENT);
    assertThat(open(settings, push)).isEmpty();
    assertThat(pushEnvelopes().open(other, settings, push, SENT)).contains(EVENT);
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void a_push_under_an_unknown_key_is_refused(PushSettings settings) {
    assertThat(open(settings, push(with(settings, List.of(Sample.pushKey()))))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void while_one_key_replaces_another_both_are_good(PushSettings settings) {
    PushKey current = Sample.pushKey();
    PushKey former = settings.keys().getFirst();
    PushSettings both = with(settings, List.of(current, former));
    assertThat(open(both, push(settings))).contains(EVENT);
    assertThat(open(both, push(with(settings, List.of(current))))).contains(EVENT);
    assertThat(open(both, push(with(settings, List.of(Sample.pushKey()))))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("encrypting")
  default void a_plain_push_is_refused_where_pushes_are_encrypted(PushSettings settings) {
    PushSettings plain =
        new PushSettings(Mode.PLAIN, settings.format(), settings.token(), List.of());
    assertThat(open(settings, push(plain))).isEmpty();
  }

  // Checks of our address

  @ParameterizedTest
  @MethodSource("settings")
  default void a_check_of_our_address_is_genuine_in_every_mode(PushSettings settings) {
    PushRequest check = check(settings.token(), SENT);
    assertThat(pushEnvelopes().isGenuine(settings, check, SENT)).isTrue();
    Duration window = PushEnvelopes.WINDOW;
    assertThat(pushEnvelopes().isGenuine(settings, check, SENT.plus(window))).isTrue();
    assertThat(pushEnvelopes().isGenuine(settings, check, SENT.minus(window))).isTrue();
  }

  @Test
  default void anything_else_is_not() {
    PushSettings settings =
        new PushSettings(Mode.PLAIN, Format.JSON, Sample.pushToken(), List.of());
    PushRequest check = check(settings.token(), SENT);
    Instant late = SENT.plus(PushEnvelopes.WINDOW).plusMillis(1);
    Instant early = SENT.minus(PushEnvelopes.WINDOW).minusMillis(1);
    assertThat(pushEnvelopes().isGenuine(settings, check, late)).isFalse();
    assertThat(pushEnvelopes().isGenuine(settings, check, early)).isFalse();
    for (PushRequest forged :
        List.of(
            check(Sample.pushToken(), SENT),
            with(check, check.timestamp(), check.nonce() + "1", ""),
            with(check, Long.toString(SENT.getEpochSecond() + 1), check.nonce(), ""),
            with(check, "now", check.nonce(), ""),
            new PushRequest("", check.timestamp(), check.nonce(), Optional.empty(), ""))) {
      assertThat(pushEnvelopes().isGenuine(settings, forged, SENT)).isFalse();
    }
  }

  private PushRequest push(PushSettings settings) {
    return push(APP, settings, EVENT, SENT);
  }

  private Optional<PushEvent> open(PushSettings settings, PushRequest push) {
    return openAt(settings, push, SENT);
  }

  private Optional<PushEvent> openAt(PushSettings settings, PushRequest push, Instant now) {
    return pushEnvelopes().open(APP, settings, push, now);
  }

  private static List<PushKey> keys(Mode mode) {
    return mode == Mode.PLAIN ? List.of() : List.of(Sample.pushKey());
  }

  private static PushSettings with(PushSettings settings, PushToken token) {
    return new PushSettings(settings.mode(), settings.format(), token, settings.keys());
  }

  private static PushSettings with(PushSettings settings, List<PushKey> keys) {
    return new PushSettings(settings.mode(), settings.format(), settings.token(), keys);
  }

  /** The same request with something changed after it was signed. */
  private static PushRequest with(PushRequest push, String timestamp, String nonce, String body) {
    return new PushRequest(push.signature(), timestamp, nonce, push.messageSignature(), body);
  }
}
