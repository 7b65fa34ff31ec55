package dev.minilogin.bootstrap;

final class PrintsTraces {
  void print(IllegalStateException e) {
    e.printStackTrace();
  }
}
