package dev.minilogin.domain.letter;

final class DraftLetters extends Letters {
  @Override
  protected void send() {}
}
