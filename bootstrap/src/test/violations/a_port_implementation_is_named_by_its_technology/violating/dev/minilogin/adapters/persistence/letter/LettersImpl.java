package dev.minilogin.adapters.persistence.letter;

import dev.minilogin.domain.letter.Letters;

final class LettersImpl implements Letters {
  @Override
  public void send() {}
}
