package dev.minilogin.adapters.persistence.letter;

import dev.minilogin.domain.letter.Letters;

final class MysqlLetters implements Letters {
  @Override
  public void send() {}
}
