package dev.minilogin.simulator.push;

import dev.minilogin.simulator.wire.Party;
import dev.minilogin.simulator.wire.Traffic;
import dev.minilogin.simulator.wire.WireLog;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** WeChat's way to a mini program's server: single calls, each put into the wire log. */
final class PushPost implements AutoCloseable {

  private final InstantSource clock;
  private final WireLog wire;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  PushPost(InstantSource clock, WireLog wire) {
    this.clock = clock;
    this.wire = wire;
  }

  PushAnswer post(URI url, PushEnvelope envelope, Duration timeout, String note) {
    HttpRequest request =
        HttpRequest.newBuilder(envelope.uri(url))
            .setHeader("Content-Type", envelope.contentType())
            .POST(BodyPublishers.ofString(envelope.body()))
            .build();
    return exchange(request, Optional.of(envelope.body()), timeout, note);
  }

  PushAnswer get(URI url, Duration timeout, String note) {
    return exchange(HttpRequest.newBuilder(url).GET().build(), Optional.empty(), timeout, note);
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private PushAnswer exchange(
      HttpRequest request, Optional<String> body, Duration timeout, String note) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    PushAnswer answer = await(response, timeout);
    wire.record(
        new Traffic(
            at,
            Party.WECHAT,
            Party.SERVER,
            request.method(),
            request.uri().getRawPath(),
            Optional.ofNullable(request.uri().getRawQuery()),
            answer.status(),
            (System.nanoTime() - start) / 1_000_000,
            body,
            Optional.of(answer.body()).filter(text -> !text.isEmpty()),
            contentType(response),
            Optional.empty(),
            Optional.empty(),
            Optional.of(note + answer.failure().map(why -> ": " + why).orElse(""))));
    return answer;
  }

  private static PushAnswer await(
      CompletableFuture<HttpResponse<byte[]>> response, Duration timeout) {
    try {
      HttpResponse<byte[]> answer = response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new PushAnswer(
          answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8), Optional.empty());
    } catch (TimeoutException e) {
      response.cancel(true);
      return PushAnswer.none("no answer in time");
    } catch (ExecutionException e) {
      return PushAnswer.none(
          e.getCause() instanceof ConnectException ? "no connection" : "connection broken");
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return PushAnswer.none("broken off");
    }
  }

  private static Optional<String> contentType(CompletableFuture<HttpResponse<byte[]>> response) {
    return response.state() == Future.State.SUCCESS
        ? response.resultNow().headers().firstValue("Content-Type")
        : Optional.empty();
  }
}
