package dev.minilogin.application.user;

import dev.minilogin.domain.identifier.Secret;

public final class AsksTheDomain {
  public Object execute(Secret secret) {
    return secret.reveal();
  }
}
