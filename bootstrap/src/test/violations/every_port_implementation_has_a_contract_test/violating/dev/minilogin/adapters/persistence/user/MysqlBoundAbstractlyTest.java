package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.testing.LettersContract;

abstract class MysqlBoundAbstractlyTest implements LettersContract {}
