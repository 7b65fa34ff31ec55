package dev.minilogin.adapters.media.letter;

import dev.minilogin.domain.letter.Letters;

final class WeChatLetters implements Letters {
  @Override
  public void send() {}
}
