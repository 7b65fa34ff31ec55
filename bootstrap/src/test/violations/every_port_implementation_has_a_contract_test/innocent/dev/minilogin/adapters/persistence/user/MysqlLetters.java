package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.Letters;

final class MysqlLetters implements Letters {
  @Override
  public void send() {}
}
