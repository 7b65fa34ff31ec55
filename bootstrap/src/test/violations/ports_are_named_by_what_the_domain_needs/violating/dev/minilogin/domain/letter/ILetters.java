package dev.minilogin.domain.letter;

public interface ILetters {
  void send();
}
