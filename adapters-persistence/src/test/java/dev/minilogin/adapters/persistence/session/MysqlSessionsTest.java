package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.SessionsContract;

class MysqlSessionsTest implements SessionsContract, MysqlStorage {}
