package dev.minilogin.application.session;

final class ThrowsError {
  void end() {
    throw new Error("ended");
  }
}
