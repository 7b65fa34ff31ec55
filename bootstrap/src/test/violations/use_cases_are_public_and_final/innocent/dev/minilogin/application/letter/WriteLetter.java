package dev.minilogin.application.letter;

public final class WriteLetter {
  public record Command(String text) {}

  public void execute(Command command) {}
}
