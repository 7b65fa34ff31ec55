package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.Letters;

final class MysqlUnbound implements Letters {
  @Override
  public void send() {}
}
