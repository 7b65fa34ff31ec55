package dev.minilogin.domain.testing;

import dev.minilogin.domain.user.Letters;

final class InMemoryLetters implements Letters {
  @Override
  public void send() {}
}
