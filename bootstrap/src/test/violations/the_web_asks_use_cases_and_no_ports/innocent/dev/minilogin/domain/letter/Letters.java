package dev.minilogin.domain.letter;

public interface Letters {
  Result send();

  sealed interface Result {}

  record Sent() implements Result {}
}
