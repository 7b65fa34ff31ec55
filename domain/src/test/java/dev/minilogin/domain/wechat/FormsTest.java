package dev.minilogin.domain.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.testing.Sample;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from WeChat or goes to it has one form, and what has another is never made. */
class FormsTest {
  private static final String ALL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

  @ParameterizedTest
  @ValueSource(strings = {"0", "_", "-", "023Fu90w3bVFc03xJ41w3yLhGi1Fu90J", ALL})
  void letters_digits_and_two_signs_are_taken(String text) {
    assertThat(LoginCode.isWellFormed(text)).isTrue();
    assertThat(new LoginCode(text).reveal()).isEqualTo(text);
    assertThat(new AppId(text).value()).isEqualTo(text);
    assertThat(new OpenId(text).value()).isEqualTo(text);
    assertThat(new UnionId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\r\nHost: x",
        "a\0",
        "a&secret=b",
        "a=b",
        "a#b",
        "a%20b",
        "a+b",
        "a/b",
        "a?b",
        "a.b",
        "a~b",
        "a'b",
        "é",
        "а",
        "１",
        "😀"
      })
  void everything_else_is_refused(String text) {
    assertThat(LoginCode.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new LoginCode(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new AppId(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new OpenId(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new UnionId(text));
  }

  @Test
  void a_code_has_128_characters_at_most() {
    assertThat(new LoginCode(Sample.text(128)).reveal()).hasSize(128);
    String longer = Sample.text(129);
    assertThat(LoginCode.isWellFormed(longer)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new LoginCode(longer));
  }

  @Test
  void identifiers_have_64_characters_at_most() {
    String longest = Sample.text(64);
    assertThat(new AppId(longest).value()).isEqualTo(longest);
    assertThat(new OpenId(longest).value()).isEqualTo(longest);
    assertThat(new UnionId(longest).value()).isEqualTo(longest);
    String longer = Sample.text(65);
    assertThatIllegalArgumentException().isThrownBy(() -> new AppId(longer));
    assertThatIllegalArgumentException().isThrownBy(() -> new OpenId(longer));
    assertThatIllegalArgumentException().isThrownBy(() -> new UnionId(longer));
  }

  @Test
  void identifiers_that_differ_in_case_differ() {
    assertThat(new OpenId("oAbc")).isNotEqualTo(new OpenId("oabc"));
    assertThat(new UnionId("oAbc")).isNotEqualTo(new UnionId("oabc"));
    assertThat(new AppId("wxAbc")).isNotEqualTo(new AppId("wxabc"));
  }

  @Test
  void an_appid_may_be_printed() {
    assertThat(new AppId("wx1111aaaa2222bbbb")).hasToString("wx1111aaaa2222bbbb");
  }

  @Test
  void an_app_secret_is_printable_ascii() {
    String printable =
        IntStream.range(33, 127).mapToObj(Character::toString).collect(Collectors.joining());
    assertThat(new AppSecret(printable).reveal()).isEqualTo(printable);
    assertThat(new AppSecret("s".repeat(128)).reveal()).hasSize(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "a\t", "\u007f", "a\0", "é", "密"})
  void an_app_secret_with_anything_else_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AppSecret(text));
  }

  @Test
  void a_longer_app_secret_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AppSecret("s".repeat(129)));
  }

  @Test
  void a_session_key_has_1_to_128_characters() {
    assertThat(new SessionKey("k".repeat(128)).reveal()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionKey(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionKey("k".repeat(129)));
  }
}
