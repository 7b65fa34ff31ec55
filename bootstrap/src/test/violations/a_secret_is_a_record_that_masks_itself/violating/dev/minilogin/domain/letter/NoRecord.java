package dev.minilogin.domain.letter;

import dev.minilogin.domain.identifier.Secret;

public final class NoRecord implements Secret {
  @Override
  public Object reveal() {
    return "";
  }

  @Override
  public String toString() {
    return masked();
  }
}
