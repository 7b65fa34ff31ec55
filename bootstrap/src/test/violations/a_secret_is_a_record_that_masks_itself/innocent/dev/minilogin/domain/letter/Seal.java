package dev.minilogin.domain.letter;

import dev.minilogin.domain.identifier.Secret;

public record Seal(String reveal) implements Secret {
  @Override
  public String toString() {
    return masked();
  }
}
