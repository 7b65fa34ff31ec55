package dev.minilogin.domain.testing;

class InMemoryLeasesTest extends InMemoryStorageFixture implements LeasesContract {}
