package dev.minilogin.domain.testing;

class InMemorySessionsTest extends InMemoryStorageFixture implements SessionsContract {}
