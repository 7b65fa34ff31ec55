package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.minilogin.simulator.wire.WireEntry;
import dev.minilogin.simulator.wire.WireLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The wire log as Server-Sent Events: first the entries after {@code after} (or {@code
 * Last-Event-ID}, when a browser comes back), then every new one until the caller or the simulator
 * goes away.
 */
final class WireStream implements HttpHandler {

  /** How often a silent stream says something, so that a vanished caller is noticed. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final WireLog wire;

  WireStream(WireLog wire) {
    this.wire = wire;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    long last;
    try {
      last = after(call);
    } catch (Refusal e) {
      call.send(Reply.of(e.status(), "text/plain", e.getMessage()));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, ": the wire\n\n");
      while (!wire.isClosed()) {
        List<WireEntry> entries = wire.awaitAfter(last, KEEP_ALIVE);
        for (WireEntry entry : entries) {
          write(out, event(entry));
          last = entry.id();
        }
        if (entries.isEmpty()) {
          write(out, ": still here\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** The id after which the caller wants entries: 0 if it does not say. */
  static long after(Call call) {
    String id = call.header("Last-Event-ID").orElse(call.query().getOrDefault("after", "0"));
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("after must be a number");
    }
  }

  private static String event(WireEntry entry) {
    return "event: wire\nid: " + entry.id() + "\ndata: " + Json.write(WireJson.of(entry)) + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
