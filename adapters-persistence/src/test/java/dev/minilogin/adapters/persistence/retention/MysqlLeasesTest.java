package dev.minilogin.adapters.persistence.retention;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.LeasesContract;

class MysqlLeasesTest implements LeasesContract, MysqlStorage {}
