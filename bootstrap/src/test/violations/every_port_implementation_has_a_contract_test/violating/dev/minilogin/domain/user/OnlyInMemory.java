package dev.minilogin.domain.user;

public interface OnlyInMemory {
  void send();
}
