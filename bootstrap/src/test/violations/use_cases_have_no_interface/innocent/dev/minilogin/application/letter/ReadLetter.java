package dev.minilogin.application.letter;

public final class ReadLetter {
  public sealed interface Result {}

  public record Read(String text) implements Result {}

  public Result execute() {
    return new Read("");
  }
}
