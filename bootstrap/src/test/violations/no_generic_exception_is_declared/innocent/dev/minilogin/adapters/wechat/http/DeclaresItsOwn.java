package dev.minilogin.adapters.wechat.http;

import java.io.IOException;

final class DeclaresItsOwn implements AutoCloseable {
  @Override
  public void close() throws IOException {}
}
