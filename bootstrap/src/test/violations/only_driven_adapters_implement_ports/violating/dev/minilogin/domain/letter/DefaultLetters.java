package dev.minilogin.domain.letter;

final class DefaultLetters implements Letters {
  @Override
  public void send() {}
}
