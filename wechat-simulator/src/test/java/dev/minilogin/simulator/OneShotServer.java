package dev.minilogin.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that keeps one request as it came, byte for byte, and gives one prepared answer. */
final class OneShotServer implements AutoCloseable {

  private static final Pattern LENGTH =
      Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<String> request = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /**
   * A Content-Length is added unless the header is one; the connection stays open until this is
   * closed.
   */
  OneShotServer(String statusLine, String header, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String length = LENGTH.matcher(header).find() ? "" : "Content-Length: " + bytes.length + "\r\n";
    String head = statusLine + "\r\n" + header + "\r\n" + length + "\r\n";
    Thread.ofVirtual().start(() -> serve(head.getBytes(StandardCharsets.UTF_8), bytes));
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Head and body of the request, once it is there. */
  String request() {
    return request.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    closed.complete(null);
    socket.close();
  }

  private void serve(byte[] head, byte[] body) {
    try (Socket caller = socket.accept()) {
      request.complete(read(caller.getInputStream()));
      caller.getOutputStream().write(head);
      caller.getOutputStream().write(body);
      closed.join();
    } catch (IOException e) {
      request.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the request broke off");
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    int expected = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(expected), StandardCharsets.UTF_8);
  }
}
