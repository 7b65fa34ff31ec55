package dev.minilogin.domain.user;

public interface WithoutContract {
  void send();
}
