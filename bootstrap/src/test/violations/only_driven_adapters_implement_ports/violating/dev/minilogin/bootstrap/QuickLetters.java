package dev.minilogin.bootstrap;

import dev.minilogin.domain.letter.Letters;

final class QuickLetters implements Letters {
  @Override
  public void send() {}
}
