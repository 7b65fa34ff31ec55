package dev.minilogin.domain.testing;

import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;

/** Takes replies apart. */
public final class Replies {
  private Replies() {}

  /**
   * What was asked for.
   *
   * @throws AssertionError if WeChat didn't give it
   */
  public static <T> T given(Reply<T> reply) {
    return switch (reply) {
      case Reply.Given<T>(T value) -> value;
      case Reply.Failed<T>(WeChatFailure failure, _) ->
          throw new AssertionError("failed: " + failure);
    };
  }

  /**
   * Why WeChat didn't give what was asked for.
   *
   * @throws AssertionError if it did
   */
  public static WeChatFailure failure(Reply<?> reply) {
    return failed(reply).failure();
  }

  /**
   * When to try again.
   *
   * @throws AssertionError if WeChat gave what was asked for
   */
  public static Optional<Duration> retryAfter(Reply<?> reply) {
    return failed(reply).retryAfter();
  }

  private static Reply.Failed<?> failed(Reply<?> reply) {
    if (reply instanceof Reply.Failed<?> failed) {
      return failed;
    }
    throw new AssertionError("did not fail");
  }
}
