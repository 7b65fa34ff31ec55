package dev.minilogin.application.letter;

public final class WriteLetterService implements WriteLetterUseCase {
  @Override
  public void execute() {}
}
