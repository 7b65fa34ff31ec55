package dev.minilogin.adapters.web.problem;

import io.micronaut.http.HttpRequest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id by which one request is found in logs and problem documents. */
public final class Trace {
  private static final String ATTRIBUTE = "mini-login.trace-id";

  /** W3C Trace Context, version 00: the caller's trace goes on here. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private static final AtomicLong COUNTER = new AtomicLong();
  private static final long INSTANCE = System.nanoTime() ^ ProcessHandle.current().pid() << 40;

  private Trace() {}

  /** The request's trace id: 32 hexadecimal digits, the same at each call. */
  public static String idOf(HttpRequest<?> request) {
    Optional<String> known = request.getAttribute(ATTRIBUTE, String.class);
    if (known.isPresent()) {
      return known.get();
    }
    String id = fromCaller(request).orElseGet(Trace::next);
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  private static Optional<String> fromCaller(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get("traceparent"))
        .map(TRACEPARENT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  private static String next() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(INSTANCE) + hex.toHexDigits(COUNTER.incrementAndGet());
  }
}
