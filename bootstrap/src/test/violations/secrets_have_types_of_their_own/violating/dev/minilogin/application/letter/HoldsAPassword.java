package dev.minilogin.application.letter;

final class HoldsAPassword {
  private char[] password;
}
