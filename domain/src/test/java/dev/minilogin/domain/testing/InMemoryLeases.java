package dev.minilogin.domain.testing;

import dev.minilogin.domain.retention.Leases;
import dev.minilogin.domain.testing.InMemoryStorage.Lease;
import java.time.Instant;
import java.util.UUID;

/** The leases of an {@link InMemoryStorage}. */
public final class InMemoryLeases implements Leases {
  private final InMemoryStorage storage;

  public InMemoryLeases(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public boolean take(String name, UUID holder, Instant now, Instant until) {
    return storage.inOneStep(
        "taking a lease",
        () -> {
          Lease held = storage.leasesByName.get(name);
          boolean free =
              held == null || !now.isBefore(held.until()) || held.holder().equals(holder);
          if (free) {
            storage.leasesByName.put(name, new Lease(holder, until));
          }
          return free;
        });
  }

  @Override
  public void give(String name, UUID holder) {
    storage.inOneStep(
        "giving a lease back",
        () ->
            storage.leasesByName.computeIfPresent(
                name, (_, held) -> held.holder().equals(holder) ? null : held));
  }
}
