package dev.minilogin.simulator.media;

import dev.minilogin.simulator.wire.Party;
import dev.minilogin.simulator.wire.Traffic;
import dev.minilogin.simulator.wire.WireLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads files as WeChat's checkers do: http or https, 10 MiB at most, within five seconds. Each
 * download is put into the wire log. Thread-safe.
 */
final class MediaDownload implements AutoCloseable {

  private static final long LARGEST = 10L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();
  private final WireLog wire;
  private final InstantSource clock;

  MediaDownload(WireLog wire, InstantSource clock) {
    this.wire = wire;
    this.clock = clock;
  }

  /** Whether there is a file behind a URL, which may be nonsense. */
  boolean succeeds(String url) throws InterruptedException {
    Optional<URI> target = target(url);
    return target.isPresent() && get(target.get());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private boolean get(URI target) throws InterruptedException {
    Instant at = clock.instant();
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            HttpRequest.newBuilder(target).GET().build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      HttpResponse<byte[]> file = answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      record(target, at, start, file.statusCode(), file.body().length + " bytes");
      return file.statusCode() == 200 && file.body().length > 0;
    } catch (TimeoutException e) {
      answer.cancel(true);
      record(target, at, start, 0, "no file within " + PATIENCE.toSeconds() + " s");
      return false;
    } catch (ExecutionException e) {
      record(target, at, start, 0, "no file: " + e.getCause().getClass().getSimpleName());
      return false;
    }
  }

  private void record(URI target, Instant at, long start, int status, String note) {
    wire.record(
        new Traffic(
            at,
            Party.WECHAT,
            Party.SERVER,
            "GET",
            target.getRawPath(),
            Optional.ofNullable(target.getRawQuery()),
            status,
            (System.nanoTime() - start) / 1_000_000,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("media check: " + note)));
  }

  private static Optional<URI> target(String url) {
    try {
      URI target = URI.create(url);
      boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
      return Optional.of(target).filter(t -> web && t.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
