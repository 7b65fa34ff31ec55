package dev.minilogin.domain.testing;

class InMemoryMiniProgramsTest extends InMemoryStorageFixture implements MiniProgramsContract {}
