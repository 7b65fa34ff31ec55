package dev.minilogin.adapters.persistence.session;

import dev.minilogin.application.letter.WriteLetter;

final class LogsInItself {
  private WriteLetter writeLetter;
}
