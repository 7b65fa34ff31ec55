package dev.minilogin.bootstrap.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds after a full garbage collection.
 *
 * @param bytes in all
 * @param mapEntries in all maps together, whatever they map
 */
record LiveHeap(long bytes, long mapEntries) {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern ENTRIES =
      Pattern.compile(
          "(?m)^ *\\d+: +(\\d+) +\\d+"
              + " +java\\.util\\.(?:concurrent\\.)?\\w*Map\\$\\w*(?:Node|Entry)\\b");

  /** Asks a process of this machine. */
  static LiveHeap of(Process jvm) throws IOException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(jvm.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IOException("no histogram: " + text.lines().limit(5).toList());
    }
    return new LiveHeap(
        Long.parseLong(total.group(1)),
        ENTRIES.matcher(text).results().mapToLong(row -> Long.parseLong(row.group(1))).sum());
  }
}
