package dev.minilogin.domain.session;

final class DeclaresException {
  void end() throws Exception {}
}
