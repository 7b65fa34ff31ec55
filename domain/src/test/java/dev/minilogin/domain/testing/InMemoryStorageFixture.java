package dev.minilogin.domain.testing;

/** Binds the contracts of a storage to the in-memory adapters. */
abstract class InMemoryStorageFixture implements StorageContract {
  private final InMemoryStorage storage = new InMemoryStorage();

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public Storage unreachableStorage() {
    InMemoryStorage unreachable = new InMemoryStorage();
    unreachable.goDown();
    return unreachable;
  }
}
