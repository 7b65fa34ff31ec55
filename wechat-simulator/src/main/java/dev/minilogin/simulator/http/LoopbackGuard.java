package dev.minilogin.simulator.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.minilogin.simulator.client.Loopback;
import java.io.IOException;
import java.util.Map;

/**
 * Lets only this machine's programs and pages in.
 *
 * <p>The server listens on 127.0.0.1, but a page from elsewhere can still reach it through a
 * browser here: by DNS rebinding (refused by its Host header) or by a plain cross-origin request
 * (refused by its Origin header). Pages of loopback origins get CORS headers, and their preflights
 * are answered.
 */
final class LoopbackGuard extends Filter {

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Headers request = exchange.getRequestHeaders();
    String origin = request.getFirst("Origin");
    Call call = new Call(exchange);
    if (!Loopback.isHostHeader(request.getFirst("Host"))) {
      call.send(refused("the Host header must name this machine"));
    } else if (origin != null && !Loopback.isOrigin(origin)) {
      call.send(refused("only pages of this machine may call"));
    } else {
      allow(origin, exchange.getResponseHeaders());
      if (call.method().equals("OPTIONS")) {
        call.send(Reply.empty(204));
      } else {
        chain.doFilter(exchange);
      }
    }
  }

  @Override
  public String description() {
    return "lets only this machine in";
  }

  private static void allow(String origin, Headers response) {
    response.set("Vary", "Origin");
    response.set("Cache-Control", "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    if (origin != null) {
      response.set("Access-Control-Allow-Origin", origin);
      response.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
      response.set("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID");
      response.set("Access-Control-Max-Age", "600");
    }
  }

  private static Reply refused(String why) {
    return Reply.of(403, "application/json", Json.write(Map.of("error", why)));
  }
}
