package dev.minilogin.adapters.web.session;

final class Complains {
  void print() {
    System.err.println("ended");
  }
}
