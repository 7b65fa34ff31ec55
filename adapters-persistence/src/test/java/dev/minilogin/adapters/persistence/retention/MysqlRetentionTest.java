package dev.minilogin.adapters.persistence.retention;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.RetentionContract;

class MysqlRetentionTest implements RetentionContract, MysqlStorage {}
