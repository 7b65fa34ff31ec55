package dev.minilogin.domain.wechat;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of asking WeChat for something. Nothing that WeChat or the network can do is thrown.
 *
 * @param <T> what was asked for
 */
public sealed interface Reply<T> {
  /** WeChat gave it. */
  record Given<T>(T value) implements Reply<T> {
    public Given {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * WeChat didn't.
   *
   * @param retryAfter when to try again at the earliest; empty if waiting doesn't help
   */
  record Failed<T>(WeChatFailure failure, Optional<Duration> retryAfter) implements Reply<T> {
    public Failed {
      Objects.requireNonNull(failure, "failure");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** A failure that waiting doesn't help. */
    public Failed(WeChatFailure failure) {
      this(failure, Optional.empty());
    }
  }

  /** The reply for something made of what was asked for. */
  default <R> Reply<R> map(Function<T, R> function) {
    return switch (this) {
      case Given<T>(T value) -> new Given<>(function.apply(value));
      case Failed<T>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new Failed<>(failure, retryAfter);
    };
  }
}
