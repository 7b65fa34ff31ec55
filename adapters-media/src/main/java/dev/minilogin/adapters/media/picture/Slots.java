package dev.minilogin.adapters.media.picture;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a few work at once, a few more wait for them, and sends all others away. */
final class Slots {
  private final Semaphore working;
  private final Semaphore present;
  private final Duration patience;

  /**
   * @param atOnce how many may work
   * @param waiting how many may wait
   * @param patience how long one waits
   */
  Slots(int atOnce, int waiting, Duration patience) {
    this.working = new Semaphore(atOnce, true);
    this.present = new Semaphore(atOnce + waiting);
    this.patience = patience;
  }

  /** What the work gives; empty if there was no place for it, in time. */
  <T> Optional<T> use(Supplier<T> work) {
    if (!present.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return wait(work);
    } finally {
      present.release();
    }
  }

  private <T> Optional<T> wait(Supplier<T> work) {
    try {
      if (!working.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      working.release();
    }
  }
}
