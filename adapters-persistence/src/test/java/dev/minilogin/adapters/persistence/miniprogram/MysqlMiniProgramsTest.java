package dev.minilogin.adapters.persistence.miniprogram;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.MiniProgramsContract;

class MysqlMiniProgramsTest implements MiniProgramsContract, MysqlStorage {}
