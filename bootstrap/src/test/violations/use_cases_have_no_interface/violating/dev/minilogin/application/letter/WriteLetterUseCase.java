package dev.minilogin.application.letter;

public interface WriteLetterUseCase {
  void execute();
}
