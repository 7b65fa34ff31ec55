package dev.minilogin.adapters.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bombs in a process of their own, whose heap is small and which dies of a lack of memory. */
class BombsTest {
  private static final List<String> ALLOWED =
      List.of(
          "png of 1 x 1 with 256 MiB behind",
          "png of 4096 x 1953 with 16 bits",
          "png with a text of 256 MiB",
          "png with a profile of 256 MiB",
          "png in 150000 parts",
          "gif of 4096 x 1953",
          "progressive jpeg of 4096 x 1953",
          "jpeg of 30 scans",
          "lossless webp of 4096 x 1953",
          "lossy webp of 4096 x 1953");

  private static int exitCode;
  private static List<String[]> lines;

  @BeforeAll
  static void throwThem() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                BombRun.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exitCode = process.waitFor();
    lines = output.lines().map(line -> line.split("\t")).toList();
  }

  @Test
  void there_is_always_enough_memory() {
    assertThat(exitCode).isZero();
  }

  @Test
  void each_is_refused_unless_it_is_an_allowed_picture() {
    Map<String, String> outcomes = new HashMap<>();
    lines("alone").forEach(line -> outcomes.put(line[1], line[2]));
    assertThat(outcomes).hasSizeGreaterThan(25).containsKeys(ALLOWED.toArray(String[]::new));
    assertThat(outcomes)
        .allSatisfy(
            (name, outcome) -> {
              if (ALLOWED.contains(name)) {
                assertThat(outcome).as(name).isEqualTo("Made");
              } else {
                assertThat(outcome).as(name).isIn("TooLarge", "Unreadable");
              }
            });
  }

  @Test
  void each_is_done_soon() {
    assertThat(lines("alone"))
        .allSatisfy(line -> assertThat(Long.parseLong(line[3])).as(line[1]).isLessThan(10_000));
  }

  @Test
  void of_fifty_at_once_a_few_are_worked_on_and_the_others_are_sent_away() {
    List<String> outcomes = lines("at once").stream().map(line -> line[1]).toList();
    assertThat(outcomes).hasSize(BombRun.ROUNDS * BombRun.AT_ONCE);
    assertThat(outcomes).contains("Made", "Busy");
  }

  /** The machine may be busy with other things, hence the large factor. */
  @Test
  void small_things_go_on_meanwhile() {
    String[] small = lines("small").getFirst();
    long aloneMicros = Long.parseLong(small[1]);
    long besideMicros = Long.parseLong(small[2]);
    assertThat(besideMicros).isLessThan(10 * aloneMicros + 20_000);
    assertThat(Integer.parseInt(small[3])).isGreaterThan(100);
  }

  private static List<String[]> lines(String kind) {
    return lines.stream().filter(line -> line[0].equals(kind)).toList();
  }
}
