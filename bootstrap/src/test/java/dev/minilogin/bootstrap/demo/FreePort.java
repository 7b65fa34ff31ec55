package dev.minilogin.bootstrap.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A port of this machine that nobody listens on, for servers whose address must be known before.
 */
public final class FreePort {
  private FreePort() {}

  /** A free port; somebody else may take it meanwhile, though the system gives others first. */
  public static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }
}
