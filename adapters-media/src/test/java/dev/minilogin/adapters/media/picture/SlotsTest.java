package dev.minilogin.adapters.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Queue<Optional<Integer>> results = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void a_few_work_a_few_wait_and_the_others_are_sent_away() throws InterruptedException {
    Slots slots = new Slots(2, 3, Duration.ofMinutes(1));
    start(slots, 2);
    await().until(() -> working.get() == 2);
    start(slots, 3);
    await().until(() -> threads.stream().skip(2).allMatch(SlotsTest::isWaiting));
    assertThat(slots.use(() -> 1)).isEmpty();
    endAll();
    assertThat(results).hasSize(5).allSatisfy(result -> assertThat(result).contains(1));
    assertThat(most).hasValue(2);
    assertThat(slots.use(() -> 1)).contains(1);
  }

  @Test
  void nobody_waits_for_long() {
    Slots slots = new Slots(1, 3, Duration.ofMillis(20));
    start(slots, 1);
    await().until(() -> working.get() == 1);
    assertThat(slots.use(() -> 1)).isEmpty();
  }

  @Test
  void who_is_interrupted_does_not_wait() {
    Slots slots = new Slots(1, 3, Duration.ofMinutes(1));
    start(slots, 1);
    await().until(() -> working.get() == 1);
    Thread.currentThread().interrupt();
    assertThat(slots.use(() -> 1)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void who_fails_leaves_the_place_to_others() {
    Slots slots = new Slots(1, 0, Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  slots.use(
                      () -> {
                        throw new IllegalStateException("failed");
                      }));
    }
    assertThat(slots.use(() -> 1)).contains(1);
  }

  private void start(Slots slots, int count) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().start(() -> results.add(slots.use(this::work))));
    }
  }

  private int work() {
    most.accumulateAndGet(working.incrementAndGet(), Math::max);
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return working.getAndDecrement() > 0 ? 1 : 0;
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }
}
