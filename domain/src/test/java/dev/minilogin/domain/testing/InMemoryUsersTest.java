package dev.minilogin.domain.testing;

class InMemoryUsersTest extends InMemoryStorageFixture implements UsersContract {}
