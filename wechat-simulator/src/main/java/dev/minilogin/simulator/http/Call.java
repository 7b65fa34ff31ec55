package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP request and the way to answer it. */
final class Call {

  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private final HttpExchange exchange;

  Call(HttpExchange exchange) {
    this.exchange = exchange;
  }

  HttpExchange exchange() {
    return exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  String rawPath() {
    return exchange.getRequestURI().getRawPath();
  }

  Optional<String> rawQuery() {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The query's parameters; of several with one name the first. */
  Map<String, String> query() {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : rawQuery().orElse("").split("&")) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /** The whole body as UTF-8; empty if it is larger than 10 MiB. */
  Optional<String> body() throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    return body.length > LARGEST_BODY
        ? Optional.empty()
        : Optional.of(new String(body, StandardCharsets.UTF_8));
  }

  void send(Reply reply) throws IOException {
    reply.contentType().ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    boolean empty = reply.body().length == 0 || method().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
    if (!empty) {
      exchange.getResponseBody().write(reply.body());
    }
    exchange.close();
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }
}
