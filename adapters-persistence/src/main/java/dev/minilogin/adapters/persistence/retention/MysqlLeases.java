package dev.minilogin.adapters.persistence.retention;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.retention.Leases;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Leases in MySQL. */
@Singleton
final class MysqlLeases implements Leases {
  private final LeaseRows rows;
  private final Storage storage;

  MysqlLeases(LeaseRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public boolean take(String name, UUID holder, Instant now, Instant until) {
    byte[] id = Binary.of(holder);
    return storage.statement(
                "taking a lease",
                () -> rows.take(name, id, now.toEpochMilli(), until.toEpochMilli()))
            == 1
        || storage.statement(
                "taking a lease for the first time",
                () -> rows.insert(name, id, until.toEpochMilli()))
            == 1;
  }

  @Override
  public void give(String name, UUID holder) {
    storage.statement("giving a lease back", () -> rows.give(name, Binary.of(holder)));
  }
}
