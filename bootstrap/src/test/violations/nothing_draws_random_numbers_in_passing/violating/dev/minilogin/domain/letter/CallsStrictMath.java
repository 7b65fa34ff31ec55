package dev.minilogin.domain.letter;

final class CallsStrictMath {
  double next() {
    return StrictMath.random();
  }
}
