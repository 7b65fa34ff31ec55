package dev.minilogin.domain.user;

public interface WithEmptyContract {
  void send();
}
