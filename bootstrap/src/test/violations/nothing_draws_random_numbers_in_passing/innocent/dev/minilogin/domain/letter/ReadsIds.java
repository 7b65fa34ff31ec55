package dev.minilogin.domain.letter;

import java.util.UUID;

final class ReadsIds {
  UUID read(String text) {
    return UUID.fromString(text);
  }
}
