package dev.minilogin.domain.testing;

class InMemoryStorageProbeTest extends InMemoryStorageFixture implements StorageProbeContract {}
