package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  @Test
  void a_ring_without_a_purpose_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleKeys.sealing())
        .withMessageContaining("sealing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleKeys.peppers())
        .withMessageContaining("pepper");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 0x10000})
  void a_number_that_two_bytes_do_not_hold_is_refused(int number) {
    assertThatIllegalArgumentException().isThrownBy(() -> SampleKeys.sealing(1, number));
    assertThatIllegalArgumentException().isThrownBy(() -> SampleKeys.peppers(1, number));
  }

  @Test
  void the_highest_number_is_current_and_the_others_are_kept() {
    KeyRing ring = SampleKeys.sealing(3, 0xFFFF, 1);
    assertThat(ring.sealingInUse()).isEqualTo(0xFFFF);
    assertThat(ring.sealingKey(3).getEncoded()).isEqualTo(SampleKeys.bytes(3));
    KeyRing peppers = SampleKeys.peppers(3, 9);
    assertThat(peppers.pepperInUse()).isEqualTo(9);
    assertThat(peppers.peppers().values())
        .extracting(SecretKey::getEncoded)
        .containsExactly(SampleKeys.bytes(3), SampleKeys.bytes(9));
  }

  @Test
  void a_lower_number_can_be_in_use_while_the_highest_one_is_given_to_all_instances() {
    KeyRing ring =
        SampleKeys.inUse(SampleKeys.sealing(1, 2), OptionalInt.of(1), OptionalInt.empty());
    assertThat(ring.sealingInUse()).isEqualTo(1);
    assertThat(ring.sealingNumbers()).containsExactly(1, 2);
    assertThat(ring.sealingKey(2).getEncoded()).isEqualTo(SampleKeys.bytes(2));
    KeyRing peppers =
        SampleKeys.inUse(SampleKeys.peppers(4, 5), OptionalInt.empty(), OptionalInt.of(4));
    assertThat(peppers.pepperInUse()).isEqualTo(4);
    assertThat(peppers.pepperNumbers()).containsExactly(4, 5);
  }

  @Test
  void a_number_in_use_that_the_ring_does_not_have_is_refused() {
    KeyRing ring = SampleKeys.sealing(1, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleKeys.inUse(ring, OptionalInt.of(2), OptionalInt.empty()))
        .withMessage("sealing.use names sealing.2, which the key ring doesn't have");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleKeys.inUse(ring, OptionalInt.empty(), OptionalInt.of(2)))
        .withMessage("pepper.use names pepper.2, which the key ring doesn't have");
  }

  @Test
  void a_third_pepper_is_refused_because_no_lookup_would_try_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleKeys.peppers(1, 2, 3))
        .withMessageContaining("two");
  }

  @Test
  void a_key_that_is_gone_is_told_by_its_number() {
    assertThatExceptionOfType(UnsealingFailed.class)
        .isThrownBy(() -> SampleKeys.sealing(1).sealingKey(2))
        .withMessageContaining("2");
  }

  @Test
  void a_ring_keeps_its_keys_whatever_becomes_of_the_maps_it_was_made_of() {
    NavigableMap<Integer, SecretKey> sealing = SampleKeys.keys("AES", 1);
    NavigableMap<Integer, SecretKey> peppers = SampleKeys.keys("HmacSHA256", 1);
    KeyRing ring = new KeyRing(sealing, peppers);
    sealing.clear();
    peppers.put(2, new SecretKeySpec(SampleKeys.bytes(2), "HmacSHA256"));
    assertThat(ring.sealingKey(1).getEncoded()).isEqualTo(SampleKeys.bytes(1));
    assertThat(ring.peppers()).hasSize(1);
  }

  @Test
  void a_ring_prints_its_numbers_and_no_key() {
    KeyRing ring =
        new KeyRing(SampleKeys.keys("AES", 1, 2), new TreeMap<>(SampleKeys.keys("HmacSHA256", 4)));
    assertThat(ring).hasToString("KeyRing[sealing [1, 2], in use 2, pepper [4], in use 4]");
  }
}
