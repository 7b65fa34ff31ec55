package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The phone's network: sends what it is given, without cookies and without following redirects. */
final class Network implements AutoCloseable {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private volatile boolean offline;

  boolean isOffline() {
    return offline;
  }

  void setOffline(boolean offline) {
    this.offline = offline;
  }

  /** Sends and waits, for the given time at most, until the whole answer is there. */
  WxResult send(WxApi api, HttpRequest request, Duration timeout) {
    if (offline) {
      return NetworkFailure.DISCONNECTED.of(api);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return response(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return api.fail(Failure.ERRNO_TIMEOUT, "timeout");
    } catch (ExecutionException e) {
      return NetworkFailure.causedBy(e.getCause()).of(api);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return NetworkFailure.RESET.of(api);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static WxResult response(HttpResponse<byte[]> response) {
    Map<String, String> header = new LinkedHashMap<>();
    response.headers().map().forEach((name, values) -> header.put(name, String.join(",", values)));
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String data = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return new WxResult.Response(response.statusCode(), header, data);
  }
}
