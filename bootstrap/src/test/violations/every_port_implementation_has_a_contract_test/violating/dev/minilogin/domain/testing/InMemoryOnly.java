package dev.minilogin.domain.testing;

import dev.minilogin.domain.user.OnlyInMemory;

final class InMemoryOnly implements OnlyInMemory {
  @Override
  public void send() {}
}
