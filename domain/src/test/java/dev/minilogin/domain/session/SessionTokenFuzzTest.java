package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** Whatever comes as a token: what is accepted is what was sent, and nothing near it is. */
class SessionTokenFuzzTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @FuzzTest
  void a_text_is_a_token_or_nothing(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    SessionToken.parse(text)
        .ifPresent(
            token -> {
              assertThat(token.reveal()).isEqualTo(text).matches("mls1_[0-9A-Za-z]{49}");
              assertThat(token.toString()).doesNotContain(text.substring(5, 13));
              assertNothingNear(token);
            });
  }

  @FuzzTest
  void a_token_of_any_randomness_is_parsed_as_itself(byte[] input) {
    SessionToken token = SessionToken.mint(givesOnly(input));
    assertThat(token.reveal()).hasSize(SessionToken.LENGTH);
    assertThat(SessionToken.parse(token.reveal())).contains(token);
    assertNothingNear(token);
  }

  /** Changes each digit to the next one. */
  private static void assertNothingNear(SessionToken token) {
    for (int at = 0; at < SessionToken.LENGTH; at++) {
      char[] changed = token.reveal().toCharArray();
      changed[at] = DIGITS.charAt((DIGITS.indexOf(changed[at]) + 1) % DIGITS.length());
      assertThat(SessionToken.parse(new String(changed))).isEmpty();
    }
  }

  private static SecureRandom givesOnly(byte[] input) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1;

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(Arrays.copyOf(input, bytes.length), 0, bytes, 0, bytes.length);
      }
    };
  }
}
