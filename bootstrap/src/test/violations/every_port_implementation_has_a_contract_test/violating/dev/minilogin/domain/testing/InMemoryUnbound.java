package dev.minilogin.domain.testing;

import dev.minilogin.domain.user.Letters;

final class InMemoryUnbound implements Letters {
  @Override
  public void send() {}
}
