package dev.minilogin.domain.session;

final class AsksTheSystem {
  long now() {
    return System.currentTimeMillis();
  }
}
