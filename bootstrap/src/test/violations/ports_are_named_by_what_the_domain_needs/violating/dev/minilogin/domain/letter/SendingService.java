package dev.minilogin.domain.letter;

public interface SendingService {
  void send();
}
