package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HasherTest {
  private static final String SECRET = "mls1_secret";

  private final Hasher hasher = new Hasher(SampleKeys.peppers(1));

  /**
   * Made with OpenSSL: {@code printf 'purpose\nsecret-text' | openssl dgst -sha256 -mac HMAC
   * -macopt hexkey:000102…1f}.
   */
  @Test
  void the_hash_is_hmac_sha_256_of_purpose_line_break_and_secret() {
    byte[] pepper = new byte[32];
    IntStream.range(0, 32).forEach(i -> pepper[i] = (byte) i);
    KeyRing ring =
        new KeyRing(
            SampleKeys.keys("AES", 1),
            new TreeMap<>(Map.of(1, new SecretKeySpec(pepper, "HmacSHA256"))));
    assertThat(new Hasher(ring).hash("purpose", "secret-text"))
        .isEqualTo(
            HexFormat.of()
                .parseHex("f69e718f99b8b5f158afd8af82bd3c88024a770a0c297820d1be652aa092049f"));
  }

  @Test
  void the_same_secret_has_the_same_hash_again() {
    assertThat(hasher.hash("token", SECRET))
        .hasSize(32)
        .isEqualTo(new Hasher(SampleKeys.peppers(1)).hash("token", SECRET));
  }

  @Test
  void secrets_purposes_and_peppers_are_told_apart() {
    List<byte[]> hashes =
        List.of(
            hasher.hash("token", SECRET),
            hasher.hash("token", SECRET + " "),
            hasher.hash("Token", SECRET),
            hasher.hash("session_key", SECRET),
            new Hasher(SampleKeys.peppers(2)).hash("token", SECRET));
    assertThat(hashes.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
  }

  @Test
  void the_highest_pepper_hashes_and_older_ones_are_still_recognised() {
    Hasher both = new Hasher(SampleKeys.peppers(1, 2));
    byte[] old = hasher.hash("token", SECRET);
    byte[] current = new Hasher(SampleKeys.peppers(2)).hash("token", SECRET);
    assertThat(both.hash("token", SECRET)).isEqualTo(current);
    assertThat(both.hashes("token", SECRET)).containsExactly(current, old);
    assertThat(hasher.hashes("token", SECRET)).containsExactly(old);
  }

  @Test
  void a_pepper_that_is_not_in_use_is_recognised_and_hashes_nothing() {
    Hasher staged =
        new Hasher(
            SampleKeys.inUse(SampleKeys.peppers(1, 2), OptionalInt.empty(), OptionalInt.of(1)));
    byte[] old = hasher.hash("token", SECRET);
    byte[] next = new Hasher(SampleKeys.peppers(2)).hash("token", SECRET);
    assertThat(staged.hash("token", SECRET)).isEqualTo(old);
    assertThat(staged.hashes("token", SECRET)).containsExactly(old, next);
  }

  @Test
  void the_pepper_of_a_hash_is_told() {
    Hasher both = new Hasher(SampleKeys.peppers(1, 2));
    assertThat(both.pepperOf(hasher.hash("token", SECRET), "token", SECRET)).hasValue(1);
    assertThat(both.pepperOf(both.hash("token", SECRET), "token", SECRET)).hasValue(2);
    assertThat(both.pepperOf(both.hash("other", SECRET), "token", SECRET)).isEmpty();
    assertThat(hasher.pepperOf(both.hash("token", SECRET), "token", SECRET)).isEmpty();
  }

  @Test
  void a_hasher_prints_no_pepper() {
    KeysInText.assertNone(hasher.toString(), SampleKeys.bytes(1));
  }
}
