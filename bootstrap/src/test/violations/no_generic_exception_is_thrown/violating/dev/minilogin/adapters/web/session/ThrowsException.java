package dev.minilogin.adapters.web.session;

final class ThrowsException {
  void end() {
    try {
      throw new Exception("ended");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
