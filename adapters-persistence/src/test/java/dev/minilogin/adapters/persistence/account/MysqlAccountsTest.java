package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.AccountsContract;

class MysqlAccountsTest implements AccountsContract, MysqlStorage {}
