package dev.minilogin.domain.operation;

/** Whether the storage that all other ports need can be asked. */
public interface StorageProbe {
  /**
   * Asks the storage for nothing in particular.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it doesn't answer
   */
  void probe();
}
