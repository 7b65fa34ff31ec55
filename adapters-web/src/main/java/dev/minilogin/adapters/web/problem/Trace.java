package dev.minilogin.adapters.web.problem;

import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The id by which one request, or one run of what no request asks for, is found in logs; problem
 * documents have it, too.
 */
public final class Trace {
  /** Its name in the {@link MDC}. */
  public static final String KEY = "traceId";

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

  /**
   * Has the request's id in the logs on whatever thread the request is worked on.
   *
   * @param context the request's, which goes with it
   */
  public static void keepInLogs(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(new InLogs(idOf(request)));
  }

  /** Logs under the request's id also where the request's context doesn't come to. */
  static void logFor(HttpRequest<?> request, Runnable logging) {
    InLogs id = new InLogs(idOf(request));
    String before = id.updateThreadContext();
    try {
      logging.run();
    } finally {
      id.restoreThreadContext(before);
    }
  }

  /** An id that no other request or run has. */
  public static String next() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(INSTANCE) + hex.toHexDigits(COUNTER.incrementAndGet());
  }

  private record InLogs(String id) implements ThreadPropagatedContextElement<String> {
    @Override
    public String updateThreadContext() {
      String before = MDC.get(KEY);
      MDC.put(KEY, id);
      return before;
    }

    @Override
    public void restoreThreadContext(String before) {
      if (before == null) {
        MDC.remove(KEY);
      } else {
        MDC.put(KEY, before);
      }
    }
  }
}
