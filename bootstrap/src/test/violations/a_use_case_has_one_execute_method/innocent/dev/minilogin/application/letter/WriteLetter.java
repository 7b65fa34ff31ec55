package dev.minilogin.application.letter;

public final class WriteLetter {
  public void execute() {}
}
