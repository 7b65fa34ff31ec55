package dev.minilogin.bootstrap;

final class Application {
  public static void main(String[] args) {
    System.err.println("does not start");
  }
}
