package dev.minilogin.domain.session;

final class ThrowsRuntimeException {
  void end() {
    throw new RuntimeException("ended");
  }
}
