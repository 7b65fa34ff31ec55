package dev.minilogin.domain.testing;

class InMemoryPushInboxTest extends InMemoryStorageFixture implements PushInboxContract {}
