package dev.minilogin.domain.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test
  void what_is_made_of_what_was_given_is_given() {
    Reply<String> given = new Reply.Given<>("four");
    assertThat(given.map(String::length)).isEqualTo(new Reply.Given<>(4));
  }

  @Test
  void of_a_failure_nothing_is_made_and_it_stays_as_it_is() {
    Reply<String> failed =
        new Reply.Failed<>(WeChatFailure.BUSY, Optional.of(Duration.ofSeconds(3)));
    assertThat(
            failed.map(
                _ -> {
                  throw new AssertionError("there is nothing");
                }))
        .isEqualTo(new Reply.Failed<>(WeChatFailure.BUSY, Optional.of(Duration.ofSeconds(3))));
  }

  @Test
  void a_failure_that_says_nothing_of_waiting_is_not_helped_by_it() {
    assertThat(new Reply.Failed<>(WeChatFailure.CODE_USED).retryAfter()).isEmpty();
  }
}
