package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.StorageProbe;
import org.junit.jupiter.api.Test;

/** What {@link StorageProbe} promises. */
public interface StorageProbeContract extends StorageContract {
  @Test
  default void a_storage_that_can_be_asked_answers_again_and_again() {
    StorageProbe probe = storage().storageProbe();
    assertThatNoException().isThrownBy(probe::probe);
    assertThatNoException().isThrownBy(probe::probe);
  }

  @Test
  default void an_unreachable_storage_is_told_each_time() {
    StorageProbe probe = unreachableStorage().storageProbe();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(probe::probe);
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(probe::probe);
  }
}
