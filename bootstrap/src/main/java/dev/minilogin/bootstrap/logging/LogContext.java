package dev.minilogin.bootstrap.logging;

import java.util.Map;
import org.slf4j.MDC;

/** What log lines say beside their message, such as the trace id, on its way between threads. */
public final class LogContext {
  private LogContext() {}

  /** The task, which logs in the context of the thread that calls this, wherever it runs. */
  public static Runnable keptIn(Runnable task) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return () -> {
      Map<String, String> before = MDC.getCopyOfContextMap();
      set(context);
      try {
        task.run();
      } finally {
        set(before);
      }
    };
  }

  private static void set(Map<String, String> context) {
    if (context == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(context);
    }
  }
}
