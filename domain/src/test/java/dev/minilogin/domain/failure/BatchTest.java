package dev.minilogin.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final List<Integer> done = new ArrayList<>();

  @Test
  void each_element_has_its_turn() {
    Batch.forEach(List.of(1, 2, 3), done::add);
    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void those_that_fail_do_not_stop_the_others_and_are_all_told() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Batch.forEach(List.of(1, 2, 3, 4), this::failOnEven))
        .withMessage("2")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("4"));
    assertThat(done).containsExactly(1, 3);
  }

  @Test
  void nothing_is_done_with_nothing() {
    Batch.forEach(List.<Integer>of(), done::add);
    assertThat(done).isEmpty();
  }

  private void failOnEven(int number) {
    if (number % 2 == 0) {
      throw new IllegalStateException(String.valueOf(number));
    }
    done.add(number);
  }
}
