package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.testing.LettersContract;

class MysqlLettersTest implements LettersContract {}
