package dev.minilogin.domain.session;

final class Prints {
  void print() {
    System.out.println("ended");
  }
}
