package dev.minilogin.domain.testing;

class InMemoryAvatarsTest extends InMemoryStorageFixture implements AvatarsContract {}
