package dev.minilogin.adapters.wechat.letter;

import dev.minilogin.domain.letter.Letters;

class WeChatOpenLetters implements Letters {
  @Override
  public void send() {}
}
