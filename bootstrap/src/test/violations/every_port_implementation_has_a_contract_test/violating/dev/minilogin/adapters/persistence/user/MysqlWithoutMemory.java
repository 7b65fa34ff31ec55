package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.WithoutMemory;

final class MysqlWithoutMemory implements WithoutMemory {
  @Override
  public void send() {}
}
