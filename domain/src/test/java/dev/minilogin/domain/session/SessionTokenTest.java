package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.testing.Sample;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final SecureRandom random = new SecureRandom();

  @Test
  void is_the_prefix_and_49_base62_digits() {
    for (int i = 0; i < 1000; i++) {
      assertThat(SessionToken.mint(random).reveal()).matches("mls1_[0-9A-Za-z]{49}");
    }
    assertThat(SessionToken.LENGTH).isEqualTo(54);
  }

  @Test
  void ends_with_the_crc_32_of_what_stands_before_it() {
    for (int i = 0; i < 1000; i++) {
      String token = SessionToken.mint(random).reveal();
      CRC32 crc = new CRC32();
      crc.update(token.substring(0, 48).getBytes(StandardCharsets.US_ASCII));
      long check = 0;
      for (char digit : token.substring(48).toCharArray()) {
        check = check * 62 + DIGITS.indexOf(digit);
      }
      assertThat(check).isEqualTo(crc.getValue());
    }
  }

  @Test
  void a_minted_token_is_parsed_as_itself() {
    for (int i = 0; i < 1000; i++) {
      SessionToken token = SessionToken.mint(random);
      assertThat(SessionToken.parse(token.reveal())).contains(token);
    }
  }

  @Test
  void ten_thousand_tokens_are_distinct() {
    Set<SessionToken> tokens = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      tokens.add(SessionToken.mint(random));
    }
    assertThat(tokens).hasSize(10_000);
  }

  @Test
  void every_digit_of_the_random_part_takes_nearly_every_value() {
    List<String> tokens =
        Stream.generate(() -> SessionToken.mint(random).reveal()).limit(2000).toList();
    for (int i = 5; i < 48; i++) {
      int position = i;
      assertThat(tokens.stream().map(token -> token.charAt(position)).distinct())
          .as("digit %d", position)
          .hasSizeGreaterThan(55);
    }
  }

  @Test
  void a_token_with_any_one_character_changed_is_refused() {
    String token = Sample.token().reveal();
    StringBuilder mutation = new StringBuilder(token);
    for (int i = 0; i < token.length(); i++) {
      for (char c = 0; c < 0x250; c++) {
        mutation.setCharAt(i, c);
        assertThat(SessionToken.parse(mutation.toString()).isPresent())
            .as("character %d is U+%04X", i, (int) c)
            .isEqualTo(c == token.charAt(i));
      }
      mutation.setCharAt(i, token.charAt(i));
    }
  }

  @Test
  void a_token_with_any_one_character_left_out_or_doubled_is_refused() {
    String token = Sample.token().reveal();
    for (int i = 0; i < token.length(); i++) {
      String before = token.substring(0, i);
      String after = token.substring(i);
      assertThat(SessionToken.parse(before + after.substring(1))).isEmpty();
      assertThat(SessionToken.parse(before + after.charAt(0) + after)).isEmpty();
    }
  }

  @Test
  void a_token_with_two_neighbours_swapped_is_refused() {
    String token = Sample.token().reveal();
    for (int i = 0; i + 1 < token.length(); i++) {
      String swapped =
          token.substring(0, i) + token.charAt(i + 1) + token.charAt(i) + token.substring(i + 2);
      assertThat(SessionToken.parse(swapped).isPresent()).isEqualTo(swapped.equals(token));
    }
  }

  @Test
  void a_token_with_anything_around_it_is_refused() {
    String token = Sample.token().reveal();
    for (String around : new String[] {" ", "\n", "\t", "\0", "\"", "Bearer "}) {
      assertThat(SessionToken.parse(around + token)).isEmpty();
      assertThat(SessionToken.parse(token + around)).isEmpty();
      assertThat(SessionToken.parse((around + token).substring(0, 54))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mls1_",
        "mlo1_0000000000000000000000000000000000000000000000000",
        "mls1_0000000000000000000000000000000000000000000000000",
        "mls1_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
      })
  void what_is_no_token_is_refused(String text) {
    assertThat(SessionToken.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionToken(text));
  }
}
