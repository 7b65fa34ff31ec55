package dev.minilogin.domain.letter;

final class CallsMath {
  double next() {
    return Math.random();
  }
}
