package dev.minilogin.adapters.web.letter;

import dev.minilogin.application.letter.WriteLetter;

final class Asks {
  private WriteLetter writeLetter;
}
