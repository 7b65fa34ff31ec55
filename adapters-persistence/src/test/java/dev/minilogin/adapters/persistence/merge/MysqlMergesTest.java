package dev.minilogin.adapters.persistence.merge;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.MergesContract;

class MysqlMergesTest implements MergesContract, MysqlStorage {}
