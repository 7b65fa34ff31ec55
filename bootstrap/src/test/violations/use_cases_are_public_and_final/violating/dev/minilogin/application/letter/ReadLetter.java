package dev.minilogin.application.letter;

public class ReadLetter {
  public void execute() {}
}
