package dev.minilogin.domain.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.PushSettings.Format;
import dev.minilogin.domain.miniprogram.PushSettings.Mode;
import dev.minilogin.domain.testing.Sample;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushSettingsTest {
  @ParameterizedTest
  @EnumSource(names = {"COMPATIBLE", "SECURE"})
  void encrypted_pushes_need_one_or_two_keys(Mode mode) {
    for (int keys : List.of(1, 2)) {
      assertThat(settings(mode, keys).keys()).hasSize(keys);
    }
    for (int keys : List.of(0, 3)) {
      assertThatIllegalArgumentException().isThrownBy(() -> settings(mode, keys));
    }
  }

  @Test
  void plain_pushes_need_none() {
    assertThat(settings(Mode.PLAIN, 0).keys()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> settings(Mode.PLAIN, 1));
  }

  @Test
  void settings_are_not_changed_through_the_list_they_were_made_of() {
    List<PushKey> keys = new ArrayList<>(List.of(Sample.pushKey()));
    PushSettings settings = new PushSettings(Mode.SECURE, Format.JSON, Sample.pushToken(), keys);
    keys.clear();
    assertThat(settings.keys()).hasSize(1);
  }

  @Test
  void a_key_is_32_bytes_in_base64_without_the_last_sign() {
    byte[] bytes = Sample.bytes(32);
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    assertThat(text).hasSize(43);
    assertThat(new PushKey(text).bytes()).isEqualTo(bytes);
    assertThat(new PushKey("A".repeat(43)).bytes()).isEqualTo(new byte[32]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "z", "9", "/"})
  void bits_behind_the_32_bytes_are_ignored(String last) {
    assertThat(new PushKey("A".repeat(42) + last).bytes()).hasSize(32);
    assertThat(new PushKey("A".repeat(42) + "B").bytes()).isEqualTo(new byte[32]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA "
      })
  void a_key_in_another_form_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PushKey(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAA", "aB3", "0123456789abcdefghijklmnopqrstuv"})
  void a_token_is_3_to_32_letters_and_digits(String text) {
    assertThat(new PushToken(text).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AA",
        "0123456789abcdefghijklmnopqrstuvw",
        "a_b",
        "a-b",
        "a b",
        "abc\n",
        "微信微"
      })
  void a_token_in_another_form_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PushToken(text));
  }

  private static PushSettings settings(Mode mode, int keys) {
    return new PushSettings(
        mode, Format.XML, Sample.pushToken(), Collections.nCopies(keys, Sample.pushKey()));
  }
}
