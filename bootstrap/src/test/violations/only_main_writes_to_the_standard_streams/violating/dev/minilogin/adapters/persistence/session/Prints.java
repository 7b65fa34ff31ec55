package dev.minilogin.adapters.persistence.session;

final class Prints {
  void print() {
    System.out.println("ended");
  }
}
