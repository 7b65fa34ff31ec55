package dev.minilogin.application.session;

final class ThrowsThrowable {
  void end() {
    try {
      throw new Throwable("ended");
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
