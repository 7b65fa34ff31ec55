package dev.minilogin.domain.letter;

public interface LetterRepository {
  void send();
}
