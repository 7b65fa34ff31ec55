package dev.minilogin.domain.letter;

public interface Letters {
  void send();
}
