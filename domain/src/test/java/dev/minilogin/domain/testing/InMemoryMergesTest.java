package dev.minilogin.domain.testing;

class InMemoryMergesTest extends InMemoryStorageFixture implements MergesContract {}
