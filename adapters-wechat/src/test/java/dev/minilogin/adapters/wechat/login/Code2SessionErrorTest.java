package dev.minilogin.adapters.wechat.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.wechat.ExchangeFailure;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Code2SessionErrorTest {
  /** Documented for code2Session, or seen in its answers, or common to WeChat's gateway. */
  private static final Set<Long> KNOWN =
      Set.of(
          -1L, 40002L, 40013L, 40029L, 40066L, 40125L, 40163L, 40164L, 40226L, 40243L, 41002L,
          41004L, 41008L, 45009L, 45011L, 48001L, 50002L, 50007L);

  @ParameterizedTest
  @CsvSource({
    "-1, BUSY",
    "40013, APP_REFUSED",
    "40029, CODE_INVALID",
    "40125, APP_REFUSED",
    "40163, CODE_USED",
    "40226, USER_BLOCKED",
    "41002, APP_REFUSED",
    "41004, APP_REFUSED",
    "41008, CODE_INVALID",
    "45011, RATE_LIMITED"
  })
  void what_code2session_answers_means_this(long errcode, ExchangeFailure failure) {
    assertThat(Code2SessionError.of(errcode))
        .hasValueSatisfying(error -> assertThat(error.failure()).isEqualTo(failure));
  }

  @Test
  void every_known_errcode_stands_there_once() {
    assertThat(Arrays.stream(Code2SessionError.values()).map(Code2SessionError::errcode))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(KNOWN);
  }

  @Test
  void an_unknown_errcode_is_told_from_the_known_ones() {
    assertThat(Code2SessionError.of(99999)).isEmpty();
  }

  @Test
  void only_those_that_pass_tell_when_to_try_again() {
    assertThat(
            Arrays.stream(Code2SessionError.values())
                .filter(error -> error.retryAfter().isPresent())
                .map(Code2SessionError::failure)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ExchangeFailure.BUSY, ExchangeFailure.RATE_LIMITED);
  }
}
