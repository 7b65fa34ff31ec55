package dev.minilogin.domain.letter;

public interface LettersPort {
  void send();
}
