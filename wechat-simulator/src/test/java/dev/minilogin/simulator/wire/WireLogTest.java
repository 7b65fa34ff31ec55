package dev.minilogin.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WireLogTest {

  private final WireLog log = new WireLog();

  @Test
  void only_the_last_500_entries_are_kept() {
    for (int i = 0; i < WireLog.CAPACITY + 7; i++) {
      log.record(traffic(Optional.empty()));
    }

    List<WireEntry> kept = log.after(0);

    assertThat(kept).hasSize(500);
    assertThat(kept.getFirst().id()).isEqualTo(8);
    assertThat(kept.getLast().id()).isEqualTo(507);
  }

  @Test
  void a_long_body_is_shortened() {
    log.record(traffic(Optional.of("word ".repeat(10_000))));

    assertThat(log.after(0).getFirst().requestBody().orElseThrow())
        .hasSizeLessThan(8300)
        .endsWith("… (50000 characters)");
  }

  @Test
  void a_secret_at_the_cut_is_masked_before_it_is_cut() {
    String padding = "word ".repeat(1636);

    log.record(traffic(Optional.of(padding + "secret=" + "planted" + "z".repeat(100))));

    assertThat(log.after(0).getFirst().requestBody().orElseThrow()).doesNotContain("planted");
  }

  @Test
  void who_waits_is_woken_by_an_entry() {
    CompletableFuture<List<WireEntry>> waiting =
        CompletableFuture.supplyAsync(() -> await(Duration.ofMinutes(5)));

    log.record(traffic(Optional.empty()));

    assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).hasSize(1);
  }

  @Test
  void who_waits_is_woken_by_the_end() {
    CompletableFuture<List<WireEntry>> waiting =
        CompletableFuture.supplyAsync(() -> await(Duration.ofMinutes(5)));

    log.close();

    assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isEmpty();
  }

  @Test
  void patience_ends() {
    assertThat(await(Duration.ofMillis(5))).isEmpty();
  }

  private List<WireEntry> await(Duration patience) {
    try {
      return log.awaitAfter(0, patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Traffic traffic(Optional<String> requestBody) {
    return new Traffic(
        Instant.EPOCH,
        Party.SERVER,
        Party.WECHAT,
        "GET",
        "/p",
        Optional.empty(),
        200,
        1,
        requestBody,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
