package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Reads the table. Secondary: a test may put something else in its place. */
@Singleton
@Secondary
final class MysqlRevocationSource implements RevocationSource {
  private final RevocationRows rows;
  private final Storage storage;

  MysqlRevocationSource(RevocationRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public List<RevocationRow> latest(Duration lookBack, int limit) {
    return storage.statement("reading revocations", () -> rows.latest(lookBack.toMillis(), limit));
  }
}
