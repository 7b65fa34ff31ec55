package dev.minilogin.domain.letter;

import dev.minilogin.domain.identifier.Secret;

public record Seal(String reveal) implements Secret {
  private static final String TOKEN_PREFIX = "s1_";

  @Override
  public String toString() {
    return masked();
  }
}
