package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.PushInboxContract;

class MysqlPushInboxTest implements PushInboxContract, MysqlStorage {}
