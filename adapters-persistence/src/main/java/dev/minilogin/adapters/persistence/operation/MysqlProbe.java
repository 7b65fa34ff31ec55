package dev.minilogin.adapters.persistence.operation;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.operation.StorageProbe;
import jakarta.inject.Singleton;

/** Asks MySQL for a constant. */
@Singleton
final class MysqlProbe implements StorageProbe {
  private final Storage storage;

  MysqlProbe(Storage storage) {
    this.storage = storage;
  }

  @Override
  public void probe() {
    storage.number("asking whether the database answers", "SELECT 1");
  }
}
