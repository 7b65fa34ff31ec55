package dev.minilogin.adapters.wechat.http;

final class DeclaresThrowable {
  DeclaresThrowable() throws Throwable {}
}
