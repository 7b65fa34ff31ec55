package dev.minilogin.bootstrap;

final class Starts {
  private Settings settings;
}
