package dev.minilogin.application.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minilogin.domain.testing.InMemoryStorage;
import org.junit.jupiter.api.Test;

class CheckReadinessTest {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final CheckReadiness checkReadiness = new CheckReadiness(storage.storageProbe());

  @Test
  void an_instance_is_ready_whenever_its_storage_answers() {
    assertThat(checkReadiness.execute()).isTrue();
    storage.goDown();
    assertThat(checkReadiness.execute()).isFalse();
    storage.comeBack();
    assertThat(checkReadiness.execute()).isTrue();
  }

  @Test
  void a_bug_is_not_taken_for_an_outage() {
    CheckReadiness broken =
        new CheckReadiness(
            () -> {
              throw new IllegalStateException("a bug");
            });
    assertThatIllegalStateException().isThrownBy(broken::execute);
  }
}
