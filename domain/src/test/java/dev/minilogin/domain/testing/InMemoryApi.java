package dev.minilogin.domain.testing;

import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** An API of WeChat without WeChat: a test can let it fail and let it wait. Thread-safe. */
public abstract class InMemoryApi {
  /** How long a caller is told to wait where waiting helps. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Queue<WeChatFailure> failures = new ArrayDeque<>();
  private int calls;
  private boolean holding;

  InMemoryApi() {}

  /**
   * The next call fails so, whatever is asked; called again, the one after it. A code is used up if
   * the failure says so.
   */
  public final synchronized void failNext(WeChatFailure failure) {
    failures.add(failure);
  }

  /** Calls that begin from now on don't end before {@link #letGo}. */
  public final synchronized void hold() {
    holding = true;
  }

  /** Ends what {@link #hold} began. */
  public final synchronized void letGo() {
    holding = false;
    notifyAll();
  }

  /** How many calls have begun. */
  public final synchronized int calls() {
    return calls;
  }

  /** Answers a call that uses nothing up. */
  final <T> Reply<T> answer(Supplier<Reply<T>> answer) {
    return answer(answer, () -> {});
  }

  /**
   * Answers a call: with the failure that a test wants, or else with {@code answer}.
   *
   * @param spend uses up the code that was sent
   */
  final synchronized <T> Reply<T> answer(Supplier<Reply<T>> answer, Runnable spend) {
    calls++;
    try {
      while (holding) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(WeChatFailure.TIMED_OUT);
    }
    WeChatFailure scripted = failures.poll();
    if (scripted == null) {
      return answer.get();
    }
    if (scripted.codeSpent()) {
      spend.run();
    }
    return failed(scripted);
  }

  static <T> Reply<T> failed(WeChatFailure failure) {
    return new Reply.Failed<>(
        failure,
        switch (failure) {
          case RATE_LIMITED, BUSY, UNREACHABLE -> Optional.of(RETRY_AFTER);
          case CODE_INVALID,
              CODE_USED,
              USER_BLOCKED,
              SESSION_KEY_STALE,
              NOT_VISITED,
              APP_REFUSED,
              INVALID_ANSWER,
              TIMED_OUT ->
              Optional.empty();
        });
  }
}
