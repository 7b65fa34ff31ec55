package dev.minilogin.application.letter;

import java.util.UUID;

final class MakesIds {
  UUID next() {
    return UUID.randomUUID();
  }
}
