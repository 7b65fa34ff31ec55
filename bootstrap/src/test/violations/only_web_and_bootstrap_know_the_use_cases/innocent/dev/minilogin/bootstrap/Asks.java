package dev.minilogin.bootstrap;

import dev.minilogin.application.letter.WriteLetter;

final class Asks {
  private WriteLetter writeLetter;
}
