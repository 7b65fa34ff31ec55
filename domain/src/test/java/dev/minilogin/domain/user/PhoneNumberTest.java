package dev.minilogin.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
  @Test
  void a_number_has_one_text() {
    assertThat(new PhoneNumber("86", "13580006666").reveal()).isEqualTo("+8613580006666");
    assertThat(new PhoneNumber("1", "2025550123").reveal()).isEqualTo("+12025550123");
  }

  @ParameterizedTest
  @CsvSource({
    "13580006666, 135******66",
    "2025550123, 202*****23",
    "51234567, 512***67",
    "1234567, 123**67",
    "123456, ****56",
    "12345, ***45",
    "1234, **34",
    "123456789012345, 123**********45"
  })
  void its_owner_is_shown_the_first_three_and_the_last_two_digits(String national, String shown) {
    assertThat(new PhoneNumber("86", national).display()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "086", "+86", "86 ", "12345", "8a", "８６", "-1"})
  void a_country_code_is_1_to_4_digits_and_begins_with_no_zero(String countryCode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhoneNumber(countryCode, "13580006666"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "123", "1234567890123456", "135 8000 6666", "+8613580006666", "1358000666x"})
  void a_number_is_4_to_15_digits(String national) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber("86", national));
  }

  @Test
  void the_shortest_and_the_longest_parts_are_taken() {
    assertThat(new PhoneNumber("1", "0000").reveal()).isEqualTo("+10000");
    assertThat(new PhoneNumber("9999", "999999999999999").reveal())
        .isEqualTo("+9999999999999999999");
  }
}
