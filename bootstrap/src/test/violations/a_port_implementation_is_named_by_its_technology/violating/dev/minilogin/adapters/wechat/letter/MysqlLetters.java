package dev.minilogin.adapters.wechat.letter;

import dev.minilogin.domain.letter.Letters;

final class MysqlLetters implements Letters {
  @Override
  public void send() {}
}
