package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.UsersContract;

class MysqlUsersTest implements UsersContract, MysqlStorage {}
