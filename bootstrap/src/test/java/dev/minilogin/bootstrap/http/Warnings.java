package dev.minilogin.bootstrap.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a package warns of while a test looks. */
final class Warnings implements AutoCloseable {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            seen.add(event.getFormattedMessage());
          }
        }
      };

  private Warnings(Logger logger) {
    this.logger = logger;
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /** From now on; to be called when the servers have started, which set up the logging anew. */
  static Warnings of(String packageName) {
    return new Warnings((Logger) LoggerFactory.getLogger(packageName));
  }

  List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
