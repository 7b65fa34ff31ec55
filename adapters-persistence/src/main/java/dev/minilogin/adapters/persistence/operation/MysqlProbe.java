package dev.minilogin.adapters.persistence.operation;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.operation.StorageProbe;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;

/** Asks MySQL for a constant. */
@Singleton
final class MysqlProbe implements StorageProbe {
  private final JdbcOperations database;
  private final Storage storage;

  MysqlProbe(JdbcOperations database, Storage storage) {
    this.database = database;
    this.storage = storage;
  }

  @Override
  public void probe() {
    storage.statement(
        "asking whether the database answers",
        () -> database.prepareStatement("SELECT 1", statement -> statement.execute()));
  }
}
