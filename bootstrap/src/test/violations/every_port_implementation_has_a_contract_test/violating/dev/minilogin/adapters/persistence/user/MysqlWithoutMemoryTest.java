package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.testing.WithoutMemoryContract;

class MysqlWithoutMemoryTest implements WithoutMemoryContract {}
