package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.AuditLogContract;

class MysqlAuditLogTest implements AuditLogContract, MysqlStorage {}
