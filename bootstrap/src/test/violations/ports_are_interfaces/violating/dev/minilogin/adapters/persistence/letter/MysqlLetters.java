package dev.minilogin.adapters.persistence.letter;

import dev.minilogin.domain.letter.Letters;

final class MysqlLetters extends Letters {
  @Override
  protected void send() {}
}
