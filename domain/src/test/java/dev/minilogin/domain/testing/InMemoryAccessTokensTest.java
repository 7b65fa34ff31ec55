package dev.minilogin.domain.testing;

class InMemoryAccessTokensTest extends InMemoryStorageFixture implements AccessTokensContract {}
