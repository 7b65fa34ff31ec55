package dev.minilogin.adapters.wechat.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that opens tunnels (CONNECT), all of them to one place, and writes down where to. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Optional<String> authorization;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy on a free port.
   *
   * @param target the port of this machine where all tunnels lead
   * @param authorization the only {@code Proxy-Authorization} that it accepts; empty if any, or
   *     none
   */
  TunnelProxy(int target, Optional<String> authorization) {
    this.target = target;
    this.authorization = authorization;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The hosts and ports to which tunnels were asked for. */
  List<String> asked() {
    return asked;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
      asked.add(request.readLine().split(" ")[1]);
      boolean allowed = authorization.isEmpty();
      for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
        allowed |=
            authorization
                .map(value -> "proxy-authorization: " + value)
                .filter(line.replaceFirst("^[^:]*", "proxy-authorization")::equals)
                .isPresent();
      }
      if (!allowed) {
        answer(client, "407 Proxy Authentication Required");
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        answer(client, "200 OK");
        Thread back = Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
        back.join();
      }
    } catch (IOException e) {
      // The client or the server has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
