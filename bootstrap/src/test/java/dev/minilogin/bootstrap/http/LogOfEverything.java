package dev.minilogin.bootstrap.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dev.minilogin.bootstrap.logging.LogEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while the tests run, at DEBUG, as an operator would have it who looks for a
 * fault; the console shows no more of it than before.
 *
 * <p>Not a configuration file, because the demo shares this class path.
 */
final class LogOfEverything {
  private static final Path FILE = Path.of("target", "test-logs", "everything.log");

  /** The tests' own tools, which read whole answers. */
  private static final List<String> TOOLS =
      List.of("com.atlassian.oai", "com.networknt", "com.tngtech.archunit", "io.swagger");

  private static final String NAME = "everything";

  private static final Queue<String> PRINTED = new ConcurrentLinkedQueue<>();

  private static boolean begun;

  private LogOfEverything() {}

  /**
   * From now on everything is logged. To be called again whenever the logging may have been
   * configured anew, which a start of a server does if it sets levels.
   */
  static synchronized void goOn() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(NAME) != null) {
      return;
    }
    for (Iterator<Appender<ILoggingEvent>> i = root.iteratorForAppenders(); i.hasNext(); ) {
      i.next().addFilter(threshold(root.getLevel()));
    }
    root.addAppender(file(context));
    root.setLevel(Level.DEBUG);
    TOOLS.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
  }

  /** All of it so far, which may be more than should be in memory. To be closed. */
  static Stream<String> lines() {
    try {
      return Files.lines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was printed elsewhere while the tests ran: by other processes, at the management port. */
  static void alsoPrinted(String where, String text) {
    PRINTED.add(where + ":\n" + text);
  }

  /** All that was printed elsewhere so far. */
  static String printed() {
    return String.join("\n", PRINTED);
  }

  private static ThresholdFilter threshold(Level level) {
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(level.toString());
    filter.start();
    return filter;
  }

  private static FileAppender<ILoggingEvent> file(LoggerContext context) {
    LogEncoder encoder = new LogEncoder();
    encoder.setContext(context);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setName(NAME);
    appender.setFile(FILE.toString());
    appender.setAppend(begun);
    appender.setEncoder(encoder);
    appender.start();
    begun = true;
    return appender;
  }
}
