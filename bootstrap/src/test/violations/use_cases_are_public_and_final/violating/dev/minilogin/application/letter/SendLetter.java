package dev.minilogin.application.letter;

final class SendLetter {
  public void execute() {}
}
