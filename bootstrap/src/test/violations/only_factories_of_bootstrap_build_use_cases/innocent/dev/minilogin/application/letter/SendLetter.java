package dev.minilogin.application.letter;

public final class SendLetter {
  public record Command() {}

  public void execute() {}
}
