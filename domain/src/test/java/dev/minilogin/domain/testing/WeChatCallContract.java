package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every call to WeChat fails, and what its caller is told. */
public interface WeChatCallContract {
  /**
   * A call of each method of the port, which succeeds if WeChat is well. Each time that one is
   * made, it sends a code or a key of its own.
   */
  List<Supplier<Reply<?>>> calls();

  /**
   * Lets the next call of the port end so, however many requests it takes; the call after it finds
   * WeChat well.
   */
  void failNext(WeChatFailure failure);

  @ParameterizedTest
  @EnumSource(
      names = {"RATE_LIMITED", "APP_REFUSED", "INVALID_ANSWER", "BUSY", "UNREACHABLE", "TIMED_OUT"})
  default void a_failure_is_told_and_the_next_call_succeeds(WeChatFailure failure) {
    for (Supplier<Reply<?>> call : calls()) {
      failNext(failure);
      assertThat(Replies.failure(call.get())).isEqualTo(failure);
      assertThat(call.get()).isInstanceOf(Reply.Given.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "BUSY", "UNREACHABLE"})
  default void where_waiting_helps_it_is_told_how_long(WeChatFailure failure) {
    for (Supplier<Reply<?>> call : calls()) {
      failNext(failure);
      assertThat(Replies.retryAfter(call.get()))
          .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ZERO));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "APP_REFUSED")
  default void where_waiting_does_not_help_nobody_is_told_to(WeChatFailure failure) {
    for (Supplier<Reply<?>> call : calls()) {
      failNext(failure);
      assertThat(call.get()).isEqualTo(new Reply.Failed<>(failure, Optional.empty()));
    }
  }
}
