package dev.minilogin.domain.user;

public interface Letters {
  void send();
}
