package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The web console: one page that uses the control API. */
final class Console implements HttpHandler {

  private static final String PATH = "/simulator/";

  /** The page loads nothing from anywhere and talks to this server only. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline'; script-src"
          + " 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String page = load();
  private final HttpHandler others;

  /** Serves the page at its path and passes everything else on. */
  Console(HttpHandler others) {
    this.others = others;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    if (call.method().equals("GET") && call.path().equals(PATH)) {
      exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
      call.send(Reply.of(200, "text/html; charset=utf-8", page));
    } else if (call.method().equals("GET") && PATH.equals(call.path() + "/")) {
      exchange.getResponseHeaders().set("Location", PATH);
      call.send(Reply.of(308, "application/json", Json.write(Map.of("location", PATH))));
    } else {
      others.handle(exchange);
    }
  }

  private static String load() {
    try (InputStream in = Console.class.getResourceAsStream("console.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the console", e);
    }
  }
}
