package dev.minilogin.domain.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does the same thing in many threads that start together. */
public final class AtOnce {
  private static final long LONGEST_SECONDS = 60;

  private AtOnce() {}

  /**
   * Calls {@code each} with 0 to {@code count - 1}, each in a thread of its own.
   *
   * @return the results, in the order of the numbers
   * @throws AssertionError if one throws, with what it threw as its cause, or if they take longer
   *     than a minute
   */
  public static <T> List<T> run(int count, IntFunction<T> each) {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Callable<T>> tasks =
        IntStream.range(0, count)
            .<Callable<T>>mapToObj(
                i ->
                    () -> {
                      start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                      return each.apply(i);
                    })
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks, LONGEST_SECONDS, TimeUnit.SECONDS).stream()
          .map(AtOnce::result)
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static <T> T result(Future<T> done) {
    return switch (done.state()) {
      case SUCCESS -> done.resultNow();
      case FAILED -> throw new AssertionError("one of many failed", done.exceptionNow());
      case RUNNING, CANCELLED -> throw new AssertionError("took longer than a minute");
    };
  }
}
