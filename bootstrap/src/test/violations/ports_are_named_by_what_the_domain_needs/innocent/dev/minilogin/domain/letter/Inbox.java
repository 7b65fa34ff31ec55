package dev.minilogin.domain.letter;

public interface Inbox {
  void read();
}
