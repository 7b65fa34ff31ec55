package dev.minilogin.application.operation;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.StorageProbe;

/** Whether the next request could be served, as far as its storage goes. */
public final class CheckReadiness {
  private final StorageProbe storage;

  public CheckReadiness(StorageProbe storage) {
    this.storage = storage;
  }

  /** Whether the storage answers. */
  public boolean execute() {
    try {
      storage.probe();
      return true;
    } catch (StorageUnavailable e) {
      return false;
    }
  }
}
