package dev.minilogin.adapters.wechat.login;

import dev.minilogin.application.letter.WriteLetter;

final class LogsInItself {
  private WriteLetter writeLetter;
}
