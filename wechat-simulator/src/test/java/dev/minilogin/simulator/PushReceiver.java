package dev.minilogin.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A mini program's server that takes pushes: it keeps them and answers as it is told to. */
final class PushReceiver implements AutoCloseable {

  /** A request as it came. */
  record Push(String method, String target, Map<String, String> query, String type, String body) {}

  /** An answer; status 0: none at all until the receiver is closed. */
  record Reply(int status, String body) {}

  private final HttpServer server;
  private final Function<Push, Reply> answers;
  private final List<Push> pushes = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  PushReceiver(Function<Push, Reply> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** One that always answers the same. */
  static PushReceiver answering(int status, String body) throws IOException {
    return new PushReceiver(push -> new Reply(status, body));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** All that came so far, in the order of their coming. */
  List<Push> pushes() {
    return List.copyOf(pushes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    String query = exchange.getRequestURI().getRawQuery();
    Push push =
        new Push(
            exchange.getRequestMethod(),
            target,
            Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> decode(p[1]))),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    pushes.add(push);
    Reply reply = answers.apply(push);
    if (reply.status() == 0) {
      awaitClosing();
    } else {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void awaitClosing() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
