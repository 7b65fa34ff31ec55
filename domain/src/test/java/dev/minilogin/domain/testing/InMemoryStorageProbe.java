package dev.minilogin.domain.testing;

import dev.minilogin.domain.operation.StorageProbe;

/** Whether an {@link InMemoryStorage} was told to be down. */
public final class InMemoryStorageProbe implements StorageProbe {
  private final InMemoryStorage storage;

  public InMemoryStorageProbe(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public void probe() {
    storage.inOneStep("probing the storage", () -> true);
  }
}
