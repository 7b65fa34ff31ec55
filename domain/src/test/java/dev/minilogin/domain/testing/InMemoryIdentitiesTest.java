package dev.minilogin.domain.testing;

class InMemoryIdentitiesTest extends InMemoryStorageFixture implements IdentitiesContract {}
