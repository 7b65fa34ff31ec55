package dev.minilogin.adapters.persistence.operation;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.StorageProbeContract;

class MysqlProbeTest implements StorageProbeContract, MysqlStorage {}
