package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.Letters;

final class MysqlBoundAbstractly implements Letters {
  @Override
  public void send() {}
}
