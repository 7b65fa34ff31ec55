package dev.minilogin.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.minilogin.adapters.web.problem.Trace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes events in one of the formats. Whatever a message, the message of an exception, a name or a
 * trace id holds: it starts no line, ends no JSON text, and no terminal obeys it.
 *
 * <p>Not logback's {@code JsonEncoder}: it doesn't escape all that it writes.
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int LOGGER_LENGTH = 36;

  private final TargetLengthBasedClassNameAbbreviator abbreviator =
      new TargetLengthBasedClassNameAbbreviator(LOGGER_LENGTH);

  private LogFormat format = LogFormat.TEXT;

  /**
   * Chooses a format.
   *
   * @param name of a {@link LogFormat} in any case; {@code TEXT} if it is none, because the
   *     configuration is checked later and what is wrong with it must not keep the log silent
   */
  public void setFormat(String name) {
    format = name.equalsIgnoreCase(LogFormat.JSON.name()) ? LogFormat.JSON : LogFormat.TEXT;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder out = new StringBuilder(256);
    switch (format) {
      case TEXT -> text(event, out);
      case JSON -> json(event, out);
    }
    return out.toString().getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private void text(ILoggingEvent event, StringBuilder out) {
    String traceId = traceId(event);
    String level = event.getLevel().toString();
    TIME.formatTo(time(event), out);
    out.append(' ').append(level).repeat(' ', 6 - level.length());
    out.append(traceId == null ? "-" : traceId).append(' ');
    out.append(abbreviator.abbreviate(Printable.of(event.getLoggerName())));
    out.append(" - ").append(Printable.of(event.getFormattedMessage())).append('\n');
    if (event.getThrowableProxy() != null) {
      out.append(stackTrace(event.getThrowableProxy()));
    }
  }

  private static void json(ILoggingEvent event, StringBuilder out) {
    out.append('{');
    member(out, "time", TIME.format(time(event)));
    member(out, "level", event.getLevel().toString());
    member(out, "traceId", traceId(event));
    member(out, "thread", Printable.of(event.getThreadName()));
    member(out, "logger", Printable.of(event.getLoggerName()));
    member(out, "message", Printable.of(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      member(out, "stackTrace", stackTrace(event.getThrowableProxy()));
    }
    out.append("}\n");
  }

  /** Appends a member of a JSON object, unless its value is null. */
  private static void member(StringBuilder out, String name, String value) {
    if (value == null) {
      return;
    }
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    out.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  private static Instant time(ILoggingEvent event) {
    return Instant.ofEpochMilli(event.getTimeStamp());
  }

  private static String traceId(ILoggingEvent event) {
    return Printable.of(event.getMDCPropertyMap().get(Trace.KEY));
  }

  /** With line feeds and tabs, but none from a message. */
  private static String stackTrace(IThrowableProxy throwable) {
    return ThrowableProxyUtil.asString(PrintableThrowable.of(throwable)).replace("\r", "");
  }
}
