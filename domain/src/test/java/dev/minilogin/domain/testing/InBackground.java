package dev.minilogin.domain.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that goes on while the test does something else. */
public final class InBackground<T> {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final FutureTask<T> task;
  private final Thread thread;

  private InBackground(Callable<T> call) {
    task = new FutureTask<>(call);
    // A virtual thread shows that it waits whatever it waits for, a socket included.
    thread = Thread.ofVirtual().start(task);
  }

  /** Starts the call in a thread of its own. */
  public static <T> InBackground<T> start(Callable<T> call) {
    return new InBackground<>(call);
  }

  /** Returns once the call waits for something, or is over. */
  public InBackground<T> untilItWaits() {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                switch (thread.getState()) {
                  case WAITING, TIMED_WAITING, TERMINATED -> true;
                  case NEW, RUNNABLE, BLOCKED -> false;
                });
    return this;
  }

  /** Whether it has returned or thrown. */
  public boolean isOver() {
    return task.isDone();
  }

  /**
   * What the call returns; waits for it.
   *
   * @throws AssertionError if it throws, with what it threw as its cause, or takes longer than half
   *     a minute
   */
  public T result() {
    try {
      return task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the call took longer than " + LONGEST, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
