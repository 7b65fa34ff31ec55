package dev.minilogin.application.letter;

public final class SendLetter {
  public void execute() {}

  public void execute(String text) {}
}
