package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.AccessTokensContract;

class MysqlAccessTokensTest implements AccessTokensContract, MysqlStorage {}
