package dev.minilogin.domain.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.testing.Sample;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from WeChat or goes to it has one form, and what has another is never made. */
class FormsTest {
  private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";

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
    assertThat(new OpenPid(text).value()).isEqualTo(text);
    assertThat(new TraceId(text).value()).isEqualTo(text);
    assertThat(new Tenant(text).name()).isEqualTo(text);
    assertThat(PhoneCode.isWellFormed(text)).isTrue();
    assertThat(new PhoneCode(text).reveal()).isEqualTo(text);
    assertThat(PluginCode.isWellFormed(text)).isTrue();
    assertThat(new PluginCode(text).reveal()).isEqualTo(text);
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
    assertThatIllegalArgumentException().isThrownBy(() -> new OpenPid(text));
    assertThat(TraceId.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceId(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tenant(text));
    assertThat(PhoneCode.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PhoneCode(text));
    assertThat(PluginCode.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PluginCode(text));
  }

  @Test
  void a_code_has_128_characters_at_most() {
    assertThat(new LoginCode(Sample.text(128)).reveal()).hasSize(128);
    String longer = Sample.text(129);
    assertThat(LoginCode.isWellFormed(longer)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new LoginCode(longer));
  }

  @Test
  void codes_of_buttons_and_plugins_have_256_characters_at_most() {
    assertThat(new PhoneCode(Sample.text(256)).reveal()).hasSize(256);
    assertThat(new PluginCode(Sample.text(256)).reveal()).hasSize(256);
    String longer = Sample.text(257);
    assertThat(PhoneCode.isWellFormed(longer)).isFalse();
    assertThat(PluginCode.isWellFormed(longer)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PhoneCode(longer));
    assertThatIllegalArgumentException().isThrownBy(() -> new PluginCode(longer));
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
    assertThatIllegalArgumentException().isThrownBy(() -> new OpenPid(longer));
    assertThatIllegalArgumentException().isThrownBy(() -> new TraceId(longer));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tenant(longer));
  }

  @Test
  void identifiers_that_differ_in_case_differ() {
    assertThat(new OpenId("oAbc")).isNotEqualTo(new OpenId("oabc"));
    assertThat(new UnionId("oAbc")).isNotEqualTo(new UnionId("oabc"));
    assertThat(new AppId("wxAbc")).isNotEqualTo(new AppId("wxabc"));
    assertThat(new OpenPid("GAbc")).isNotEqualTo(new OpenPid("Gabc"));
    assertThat(new Tenant("Acme")).isNotEqualTo(new Tenant("acme"));
  }

  @Test
  void what_is_no_personal_data_may_be_printed() {
    assertThat(new AppId("wx1111aaaa2222bbbb")).hasToString("wx1111aaaa2222bbbb");
    assertThat(new Tenant("acme")).hasToString("acme");
    assertThat(new TraceId("60f96f1d-3845297a-1976a3ae")).hasToString("60f96f1d-3845297a-1976a3ae");
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

  @Test
  void an_access_token_is_printable_ascii_of_1024_characters_at_most() {
    String printable =
        IntStream.range(33, 127).mapToObj(Character::toString).collect(Collectors.joining());
    assertThat(new AccessToken(printable).reveal()).isEqualTo(printable);
    assertThat(new AccessToken("t".repeat(1024)).reveal()).hasSize(1024);
    assertThatIllegalArgumentException().isThrownBy(() -> new AccessToken("t".repeat(1025)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u007f", "é", "密"})
  void an_access_token_with_anything_else_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AccessToken(text));
  }

  @Test
  void encrypted_data_is_base64_with_an_iv_of_16_bytes() {
    EncryptedData official =
        new EncryptedData("CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZM", "r7BXXKkLb8qrSNn05n0qiA==");
    assertThat(EncryptedData.isWellFormed(official.data(), official.iv())).isTrue();
    for (String data : List.of("AAAA", "AAA=", "AA==", base64Of(16 * 1024))) {
      assertThat(EncryptedData.isDataWellFormed(data)).isTrue();
      assertThat(new EncryptedData(data, IV).data()).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "AAA", "AAAAA", "A===", "=AAA", "AA=A", "AA-_", "AA A", "AAAA\n", "密AAA"})
  void data_in_another_form_is_refused(String data) {
    assertThat(EncryptedData.isDataWellFormed(data)).isFalse();
    assertThat(EncryptedData.isWellFormed(data, IV)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new EncryptedData(data, IV));
  }

  @Test
  void data_of_more_than_16_kib_is_refused() {
    assertThat(EncryptedData.isDataWellFormed(base64Of(16 * 1024 + 16))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r7BXXKkLb8qrSNn05n0qiA",
        "r7BXXKkLb8qrSNn05n0qi===",
        "r7BXXKkLb8qrSNn05n0qiAA=",
        "r7BXXKkLb8qrSNn05n0qiA==\n",
        "r7BXXKkLb8qrSNn05n0qiAAA==",
        "r7BXXKkLb8qrSNn05n0q-_=="
      })
  void an_iv_in_another_form_is_refused(String iv) {
    assertThat(EncryptedData.isIvWellFormed(iv)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new EncryptedData("AAAA", iv));
  }

  @Test
  void an_encrypt_key_has_an_iv_of_16_characters() {
    for (String iv : List.of("", "6003f73ec441c38", "6003f73ec441c3867")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", iv, 1, Duration.ZERO));
    }
    assertThat(
            new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", "6003f73ec441c386", 1, Duration.ZERO).iv())
        .isEqualTo("6003f73ec441c386");
  }

  private static String base64Of(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
