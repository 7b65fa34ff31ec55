package dev.minilogin.adapters.persistence.avatar;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.AvatarsContract;

class MysqlAvatarsTest implements AvatarsContract, MysqlStorage {}
