package dev.minilogin.domain.testing;

class InMemoryAuditLogTest extends InMemoryStorageFixture implements AuditLogContract {}
