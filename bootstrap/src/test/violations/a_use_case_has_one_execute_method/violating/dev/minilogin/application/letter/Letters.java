package dev.minilogin.application.letter;

public final class Letters {
  public void send() {}

  public void read() {}
}
