package dev.minilogin.domain.testing;

class InMemoryAccountsTest extends InMemoryStorageFixture implements AccountsContract {}
