package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
  private static final String TEXT = "tiihtNczf5v6AKRyjwEUhQ==";
  private static final String PLACE = "session_key wx1 oABC";
  private static final int HEADER_BYTES = 3;
  private static final int NONCE_END = 15;

  private final Sealer sealer = sealer(SampleKeys.sealing(1));

  @ParameterizedTest
  @ValueSource(strings = {"", "x", TEXT, "中文 and 😀", "line\nbreak"})
  void what_is_sealed_for_a_place_opens_there(String text) {
    assertThat(sealer.open(sealer.seal(text, PLACE), PLACE)).isEqualTo(text);
  }

  @Test
  void no_bit_can_be_changed() {
    byte[] sealed = sealer.seal(TEXT, PLACE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatExceptionOfType(UnsealingFailed.class)
          .as("bit %d", bit)
          .isThrownBy(() -> sealer.open(changed, PLACE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "session_key wx1 oABD",
        "session_key wx1 oABC ",
        "AppSecret wx1",
        "SESSION_KEY"
      })
  void it_opens_at_no_other_place(String other) {
    byte[] sealed = sealer.seal(TEXT, PLACE);
    assertRefused(() -> sealer.open(sealed, other));
  }

  @Test
  void the_same_text_for_the_same_place_never_looks_the_same() {
    Set<String> nonces = new HashSet<>();
    Set<String> ciphertexts = new HashSet<>();
    int seals = 100_000;
    for (int i = 0; i < seals; i++) {
      byte[] sealed = sealer.seal(TEXT, PLACE);
      nonces.add(latin(sealed, HEADER_BYTES, NONCE_END));
      ciphertexts.add(latin(sealed, NONCE_END, sealed.length));
    }
    assertThat(nonces).hasSize(seals);
    assertThat(ciphertexts).hasSize(seals);
  }

  @Test
  void the_form_is_version_key_number_nonce_and_ciphertext_with_tag() throws Exception {
    byte[] sealed = sealer(SampleKeys.sealing(0x0102)).seal(TEXT, PLACE);
    assertThat(sealed).startsWith(1, 1, 2).hasSize(NONCE_END + TEXT.length() + 16);

    // Opened without the class under test: plain AES-256-GCM over header and place.
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(SampleKeys.bytes(0x0102), "AES"),
        new GCMParameterSpec(128, sealed, HEADER_BYTES, 12));
    cipher.updateAAD(sealed, 0, HEADER_BYTES);
    cipher.updateAAD(PLACE.getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.doFinal(sealed, NONCE_END, sealed.length - NONCE_END))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(TEXT);
  }

  @Test
  void the_highest_key_seals_and_older_ones_still_open() {
    byte[] old = sealer(SampleKeys.sealing(1)).seal(TEXT, PLACE);
    Sealer later = sealer(SampleKeys.sealing(1, 7, 0xFFFF));
    byte[] sealed = later.seal(TEXT, PLACE);
    assertThat(sealed).startsWith(1, 0xFF, 0xFF);
    assertThat(later.open(old, PLACE)).isEqualTo(TEXT);
    assertThat(later.open(sealed, PLACE)).isEqualTo(TEXT);
    assertThat(sealer(SampleKeys.sealing(0xFFFF)).open(sealed, PLACE)).isEqualTo(TEXT);
  }

  @Test
  void a_key_that_is_not_in_use_opens_and_seals_nothing() {
    Sealer staged =
        sealer(SampleKeys.inUse(SampleKeys.sealing(1, 2), OptionalInt.of(1), OptionalInt.empty()));
    byte[] next = sealer(SampleKeys.sealing(2)).seal(TEXT, PLACE);
    assertThat(Sealer.keyNumber(staged.seal(TEXT, PLACE))).isEqualTo(1);
    assertThat(Sealer.keyNumber(next)).isEqualTo(2);
    assertThat(staged.open(next, PLACE)).isEqualTo(TEXT);
  }

  @Test
  void without_its_key_nothing_opens() {
    byte[] sealed = sealer(SampleKeys.sealing(7)).seal(TEXT, PLACE);
    assertThatExceptionOfType(UnsealingFailed.class)
        .isThrownBy(() -> sealer(SampleKeys.sealing(1, 8)).open(sealed, PLACE))
        .withMessageContaining("7");
  }

  @Test
  void another_key_of_the_same_number_opens_nothing() {
    KeyRing other =
        new KeyRing(
            new TreeMap<>(Map.of(1, new SecretKeySpec(SampleKeys.bytes(2), "AES"))),
            SampleKeys.keys("HmacSHA256", 1));
    byte[] sealed = sealer.seal(TEXT, PLACE);
    assertRefused(() -> sealer(other).open(sealed, PLACE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 127, 255})
  void a_version_that_is_not_known_is_refused(int version) {
    byte[] sealed = sealer.seal(TEXT, PLACE);
    sealed[0] = (byte) version;
    assertRefused(() -> sealer.open(sealed, PLACE));
  }

  @Test
  void no_beginning_of_something_sealed_opens() {
    byte[] sealed = sealer.seal(TEXT, PLACE);
    for (int length = 0; length < sealed.length; length++) {
      byte[] beginning = Arrays.copyOf(sealed, length);
      assertThatExceptionOfType(UnsealingFailed.class)
          .as("%d bytes", length)
          .isThrownBy(() -> sealer.open(beginning, PLACE));
    }
  }

  @Test
  void no_beginning_of_something_sealed_under_a_key_of_the_callers_opens() {
    byte[] key = SampleKeys.bytes(9);
    byte[] sealed = sealer.sealWith(key, TEXT, PLACE);
    for (int length = 0; length < sealed.length; length++) {
      byte[] beginning = Arrays.copyOf(sealed, length);
      assertThatExceptionOfType(UnsealingFailed.class)
          .as("%d bytes", length)
          .isThrownBy(() -> sealer.openWith(key, beginning, PLACE));
    }
  }

  @Test
  void a_key_of_the_callers_opens_what_it_sealed_and_nothing_else_does() {
    byte[] key = SampleKeys.bytes(9);
    byte[] sealed = sealer.sealWith(key, TEXT, PLACE);
    assertThat(sealer.openWith(key, sealed, PLACE)).isEqualTo(TEXT);
    assertRefused(() -> sealer.openWith(SampleKeys.bytes(8), sealed, PLACE));
    assertRefused(() -> sealer.openWith(key, sealed, "elsewhere"));
    assertRefused(() -> sealer.open(sealed, PLACE));
    // The ring's number 1, from the hands of a caller, is no key of the ring.
    byte[] ofRing = sealer.seal(TEXT, PLACE);
    byte[] relabelled = sealer.sealWith(SampleKeys.bytes(1), TEXT, PLACE);
    relabelled[2] = ofRing[2];
    assertRefused(() -> sealer.open(relabelled, PLACE));
  }

  @Test
  void a_failure_tells_nothing_of_the_text_and_an_object_nothing_of_its_keys() {
    byte[] sealed = sealer.seal(TEXT, PLACE);
    assertThatExceptionOfType(UnsealingFailed.class)
        .isThrownBy(() -> sealer.open(sealed, "elsewhere"))
        .satisfies(
            failure -> {
              for (Throwable t = failure; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain(TEXT, PLACE, "oABC");
              }
            });
    KeysInText.assertNone(sealer.toString(), SampleKeys.bytes(1));
  }

  private static Sealer sealer(KeyRing keys) {
    return new Sealer(keys, new SecureRandom());
  }

  private static void assertRefused(ThrowingCallable opening) {
    assertThatExceptionOfType(UnsealingFailed.class).isThrownBy(opening);
  }

  private static String latin(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
