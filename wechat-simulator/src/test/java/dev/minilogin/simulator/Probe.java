package dev.minilogin.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A caller of a simulator: over HTTP, or by hand over a bare socket. */
final class Probe implements AutoCloseable {

  static final String APP = "wx1111aaaa2222bbbb";
  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final String OTHER_APP = "wx3333cccc4444dddd";
  static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Probe(URI base) {
    this.base = base;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
  }

  /**
   * Sends text as it is over a new connection and returns all that comes back until the other side
   * closes.
   */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  static int errcode(HttpResponse<String> response) {
    return json(response).path("errcode").asInt();
  }

  static String contentType(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** The path of a code exchange by the first app. */
  static String exchange(String code) {
    return exchange(APP, SECRET, code);
  }

  static String exchange(String appId, String secret, String code) {
    return "/sns/jscode2session?appid="
        + appId
        + "&secret="
        + secret
        + "&js_code="
        + code
        + "&grant_type=authorization_code";
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
