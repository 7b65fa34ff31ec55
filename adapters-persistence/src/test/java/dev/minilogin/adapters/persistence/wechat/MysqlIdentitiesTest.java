package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.IdentitiesContract;

class MysqlIdentitiesTest implements IdentitiesContract, MysqlStorage {}
