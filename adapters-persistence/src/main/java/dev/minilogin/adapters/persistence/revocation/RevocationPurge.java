package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes revocations that nobody can need any more. All instances may do so at once. */
@Singleton
final class RevocationPurge {
  /** Many times as long as any instance looks back. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int AT_ONCE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RevocationPurge.class);

  private final RevocationRows rows;
  private final Storage storage;

  RevocationPurge(RevocationRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void purge() {
    try {
      while (purgeSome() == AT_ONCE && !Thread.currentThread().isInterrupted()) {}
    } catch (StorageUnavailable e) {
      LOG.warn("old revocations stay for now: {}", e.getMessage());
    }
  }

  private int purgeSome() {
    return storage.statement(
        "deleting old revocations", () -> rows.purge(KEPT.toMillis(), AT_ONCE));
  }
}
