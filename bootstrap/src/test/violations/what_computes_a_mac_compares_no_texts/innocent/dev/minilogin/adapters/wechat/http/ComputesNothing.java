package dev.minilogin.adapters.wechat.http;

final class ComputesNothing {
  boolean isPlain(String mode) {
    return mode.equals("plain");
  }
}
