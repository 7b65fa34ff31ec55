package dev.minilogin.domain.testing;

class InMemoryRetentionTest extends InMemoryStorageFixture implements RetentionContract {}
