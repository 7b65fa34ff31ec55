package dev.minilogin.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;

class LogEncoderTest {
  /** What ends lines, steers terminals, hides, or turns the direction of what follows. */
  private static final List<String> EVIL =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "\u0000",
          "\u0007",
          "\b",
          "\t",
          "\u000b",
          "\f",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u009b31m",
          "\u00ad",
          "\u061c",
          "\u200b",
          "\u200e",
          "\u200f",
          "\u2028",
          "\u2029",
          "\u202a",
          "\u202e",
          "\u2066",
          "\u2067",
          "\u2069",
          "\ufeff",
          "\ud800",
          "\udc00",
          "\udb40\udc41");

  private static final String FORGED =
      "2026-11-22T10:00:00.000Z INFO  - dev.minilogin.Forged - all is well";

  private static final Pattern OF_A_STACK_TRACE =
      Pattern.compile(
          "\t*(at |\\.\\.\\. \\d+ common frames|((Suppressed|Caused by):"
              + " )?java\\.(lang|io)\\.[A-Z])");

  private static final Map<String, String> TRACE =
      Map.of("traceId", "0af7651916cd43dd8448eb211c80319c");

  private final LoggerContext context = new LoggerContext();
  private final Random random = new Random(1);

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void a_thousand_hostile_values_in_all_places_forge_no_line(LogFormat format) {
    LogEncoder encoder = encoder(format.name());

    for (int i = 0; i < 1000; i++) {
      String value = evil() + FORGED + evil() + FORGED + evil();
      String text = encode(encoder, hostile(value));

      assertThat(text).endsWith("\n");
      assertThat(text.lines().skip(1)).allMatch(line -> OF_A_STACK_TRACE.matcher(line).lookingAt());
      assertThat(text.replaceAll("[\n\t]", "").codePoints().allMatch(LogEncoderTest::isHarmless))
          .as(text)
          .isTrue();
    }
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private String evil() {
    return EVIL.get(random.nextInt(EVIL.size())) + EVIL.get(random.nextInt(EVIL.size()));
  }

  private LoggingEvent hostile(String value) {
    IllegalStateException failure =
        new IllegalStateException(value, new IOException(value, new RuntimeException()));
    failure.addSuppressed(new IllegalArgumentException(value));
    LoggingEvent event =
        event(Map.of("traceId", value, value, value), "asked for {} and " + value, failure, value);
    event.setLoggerName("a." + value);
    event.setThreadName(value);
    event.setKeyValuePairs(List.of(new KeyValuePair(value, value)));
    return event;
  }

  private LoggingEvent event(
      Map<String, String> mdc, String message, Throwable failure, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            LogEncoderTest.class.getName(),
            context.getLogger("dev.minilogin.Some"),
            Level.WARN,
            message,
            failure,
            arguments);
    event.setInstant(Instant.parse("2026-11-23T08:09:10.123Z"));
    event.setMDCPropertyMap(new HashMap<>(mdc));
    return event;
  }

  private LogEncoder encoder(String format) {
    LogEncoder encoder = new LogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    encoder.start();
    return encoder;
  }

  private static String encode(LogEncoder encoder, LoggingEvent event) {
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "TEXT", "", "yaml"})
  void text_is_a_line_with_the_trace_id(String format) {
    LoggingEvent event = event(TRACE, "小程序 {} is there", null, "é😀");

    assertThat(encode(encoder(format), event))
        .isEqualTo(
            "2026-11-23T08:09:10.123Z WARN  0af7651916cd43dd8448eb211c80319c dev.minilogin.Some -"
                + " 小程序 é😀 is there\n");
  }

  @Test
  void what_belongs_to_no_trace_says_so() {
    assertThat(encode(encoder("text"), event(Map.of(), "up", null)))
        .isEqualTo("2026-11-23T08:09:10.123Z WARN  - dev.minilogin.Some - up\n");
  }

  @Test
  void text_has_the_stack_trace_on_lines_of_its_own() {
    assertThat(encode(encoder("text"), event(Map.of(), "broken", new IOException("a\nb"))).lines())
        .contains("java.io.IOException: a\\u000ab")
        .anyMatch(line -> line.startsWith("\tat " + LogEncoderTest.class.getName()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "JSON"})
  void json_is_one_line_that_a_parser_reads(String format) throws IOException {
    LoggingEvent event = event(TRACE, "\"{}\" and \\ 小", new IOException("a\nb"), "x");
    event.setThreadName("main");

    String text = encode(encoder(format), event);

    assertThat(text.strip().lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "time", "level", "traceId", "thread", "logger", "message", "stackTrace");
    assertThat(json.get("time").asText()).isEqualTo("2026-11-23T08:09:10.123Z");
    assertThat(json.get("thread").asText()).isEqualTo("main");
    assertThat(json.get("message").asText()).isEqualTo("\"x\" and \\ 小");
    assertThat(json.get("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(json.get("stackTrace").asText())
        .startsWith("java.io.IOException: a\\u000ab\n\tat " + LogEncoderTest.class.getName());
  }

  @Test
  void each_hostile_value_stays_one_json_text() throws IOException {
    LogEncoder encoder = encoder("json");
    for (int i = 0; i < 1000; i++) {
      String text = encode(encoder, hostile(evil() + "\\\",\"level\":\"" + evil() + "\\"));

      JsonNode json = new ObjectMapper().readTree(text);
      assertThat(json).hasSize(7);
      assertThat(json.get("level").asText()).isEqualTo("WARN");
    }
  }

  @Test
  void a_task_logs_in_the_context_of_who_hands_it_on() throws InterruptedException {
    try (MDC.MDCCloseable _ = MDC.putCloseable("traceId", "of the caller")) {
      StringBuilder seen = new StringBuilder();
      Thread thread =
          Thread.ofVirtual().unstarted(LogContext.keptIn(() -> seen.append(MDC.get("traceId"))));
      thread.start();
      thread.join();

      assertThat(seen).hasToString("of the caller");
    }
  }
}
