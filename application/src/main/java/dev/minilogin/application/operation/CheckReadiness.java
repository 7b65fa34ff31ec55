package dev.minilogin.application.operation;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.StorageProbe;

/**
 * Whether this instance should be sent requests: its storage answers, and it isn't shutting down.
 */
public final class CheckReadiness {
  private final StorageProbe storage;
  private volatile boolean shuttingDown;

  public CheckReadiness(StorageProbe storage) {
    this.storage = storage;
  }

  /**
   * From now on this instance isn't ready: requests under way are finished, no more should come.
   */
  public void shutDown() {
    shuttingDown = true;
  }

  /** Whether the next request can be served. */
  public boolean execute() {
    if (shuttingDown) {
      return false;
    }
    try {
      storage.probe();
      return true;
    } catch (StorageUnavailable e) {
      return false;
    }
  }
}
