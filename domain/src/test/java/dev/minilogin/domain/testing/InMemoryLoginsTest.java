package dev.minilogin.domain.testing;

class InMemoryLoginsTest extends InMemoryStorageFixture implements LoginsContract {}
