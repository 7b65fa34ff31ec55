package dev.minilogin.domain.testing;

import dev.minilogin.domain.user.WithoutContract;

final class InMemoryWithoutContract implements WithoutContract {
  @Override
  public void send() {}
}
