package dev.minilogin.adapters.persistence.letter;

import dev.minilogin.domain.letter.Letters;

public final class MysqlPublicLetters implements Letters {
  @Override
  public void send() {}
}
