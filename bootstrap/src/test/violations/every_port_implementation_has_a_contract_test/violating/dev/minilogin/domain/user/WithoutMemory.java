package dev.minilogin.domain.user;

public interface WithoutMemory {
  void send();
}
