package dev.minilogin.domain.session;

final class ThrowsItsOwn {
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended(String why) {
      super(why);
    }
  }

  void end() {
    throw new Ended("ended");
  }

  void check() {
    throw new IllegalArgumentException("no");
  }
}
