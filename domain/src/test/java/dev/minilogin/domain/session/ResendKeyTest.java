package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.LoginCode;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ResendKeyTest {
  @Test
  void is_the_same_for_the_same_code_and_idempotency_key() {
    LoginCode code = Sample.code();
    assertThat(ResendKey.of(code, "a")).isEqualTo(ResendKey.of(new LoginCode(code.reveal()), "a"));
  }

  @Test
  void differs_for_another_code_or_another_idempotency_key() {
    LoginCode code = Sample.code();
    assertThat(ResendKey.of(code, "a"))
        .isNotEqualTo(ResendKey.of(code, "A"))
        .isNotEqualTo(ResendKey.of(code, "a "))
        .isNotEqualTo(ResendKey.of(Sample.code(), "a"));
  }

  @Test
  void is_the_same_on_every_instance_and_in_every_release() {
    // printf 'mini-login resend try-1' | openssl dgst -sha256 -hmac 0a1B
    ResendKey key = ResendKey.of(new LoginCode("0a1B"), "try-1");
    assertThat(key.reveal())
        .isEqualTo("5144e21ec25c7fc3f1279cde3f003a51d90ca34461170343cca1596fb339df3a");
    assertThat(key.bytes()).hasSize(32);
    assertThat(HexFormat.of().formatHex(key.bytes())).isEqualTo(key.reveal());
  }

  @Test
  void lets_an_answer_be_had_again_for_a_minute() {
    assertThat(ResendKey.LIFETIME).isEqualTo(Duration.ofSeconds(60));
  }
}
