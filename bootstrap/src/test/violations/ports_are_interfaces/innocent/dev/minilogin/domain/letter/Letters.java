package dev.minilogin.domain.letter;

public abstract class Letters {
  protected abstract void send();
}
