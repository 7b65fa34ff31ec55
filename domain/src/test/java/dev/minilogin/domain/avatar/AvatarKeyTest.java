package dev.minilogin.domain.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarKeyTest {
  private static final String KEY = "0123456789ABCDEFGHIJabcdefghijZz";

  private final SecureRandom random = new SecureRandom();

  @Test
  void a_key_is_of_32_letters_and_digits_and_each_of_them_occurs_everywhere() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      keys.add(AvatarKey.make(random).value());
    }
    assertThat(keys).hasSize(2000).allMatch(AvatarKey::isWellFormed);
    IntStream.range(0, 32)
        .forEach(
            position ->
                assertThat(
                        keys.stream().map(key -> key.charAt(position)).collect(Collectors.toSet()))
                    .as("position %s", position)
                    .hasSize(62));
  }

  @Test
  void a_key_is_found_in_the_path_that_it_makes() {
    AvatarKey key = new AvatarKey(KEY);
    assertThat(key.path()).isEqualTo("/avatars/" + KEY);
    assertThat(AvatarKey.ofPath(key.path())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/avatars/",
        KEY,
        "/avatars/" + KEY + "0",
        "/avatars/" + KEY + "\n",
        "/avatars/" + KEY + "?x",
        "/Avatars/" + KEY,
        "https://example.com/avatars/" + KEY
      })
  void no_other_address_is_a_picture_of_ours(String avatarUrl) {
    assertThat(AvatarKey.ofPath(avatarUrl)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789ABCDEFGHIJabcdefghijZ",
        "0123456789ABCDEFGHIJabcdefghijZz0",
        "0123456789ABCDEFGHIJabcdefghijZ-",
        "0123456789ABCDEFGHIJabcdefghijZ/",
        "0123456789ABCDEFGHIJabcdefghijZé"
      })
  void a_key_in_another_form_is_refused(String text) {
    assertThat(AvatarKey.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new AvatarKey(text));
  }

  @Test
  void keys_that_differ_in_case_differ() {
    assertThat(new AvatarKey(KEY)).isNotEqualTo(new AvatarKey(KEY.replace('A', 'a')));
  }
}
