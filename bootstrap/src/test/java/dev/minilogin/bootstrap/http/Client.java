package dev.minilogin.bootstrap.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends requests to one server and holds every answer against the {@link Contract}. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;

  Client(URI server) {
    this.server = server;
  }

  /** A JSON object with these fields: name, value, name, value… */
  static String json(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request to the server, still without method. */
  HttpRequest.Builder to(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(server + pathAndQuery)).timeout(LONGEST);
  }

  Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      HttpResponse<byte[]> response = HTTP.send(built, HttpResponse.BodyHandlers.ofByteArray());
      return Contract.check(
          new Answer(
              built.method(),
              built.uri().getPath(),
              response.statusCode(),
              response.headers().map(),
              response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(built.method() + " " + built.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Answer logIn(String appId, String code) {
    return postLogin(json("appId", appId, "code", code));
  }

  Answer logIn(String appId, String code, String idempotencyKey) {
    return send(
        login(json("appId", appId, "code", code)).header("Idempotency-Key", idempotencyKey));
  }

  Answer postLogin(String body) {
    return send(login(body));
  }

  private HttpRequest.Builder login(String body) {
    return to("/v1/sessions")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  Answer check(String token) {
    return send(as(token, "/v1/sessions/current").GET());
  }

  Answer logOut(String token) {
    return send(as(token, "/v1/sessions/current").DELETE());
  }

  Answer me(String token) {
    return send(as(token, "/v1/me").GET());
  }

  Answer patchMe(String token, String body) {
    return send(
        as(token, "/v1/me")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer postMe(String token, String body) {
    return post(token, "/v1/me", body);
  }

  /** Puts a file into the form field {@code file}, as {@code wx.uploadFile} does. */
  Answer upload(String token, String path, String fileName, String contentType, byte[] content) {
    String boundary = "----WebKitFormBoundary" + Long.toHexString(System.nanoTime());
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: %s\r
        \r
        """
            .formatted(boundary, fileName, contentType);
    return send(
        as(token, path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    concatenation(
                        head.getBytes(StandardCharsets.UTF_8),
                        content,
                        ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8)))));
  }

  private static byte[] concatenation(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  Answer bindPhone(String token, String phoneCode) {
    return post(token, "/v1/me/phone", json("code", Secrets.note(phoneCode)));
  }

  Answer checkSessionKey(String token) {
    return send(as(token, "/v1/me/session-key").GET());
  }

  Answer resetSessionKey(String token) {
    return send(as(token, "/v1/me/session-key/reset").POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** A JSON document to any route. */
  Answer post(String token, String path, String body) {
    return send(
        as(token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer get(String pathAndQuery) {
    return send(to(pathAndQuery).GET());
  }

  /** A request with a token, still without method. */
  HttpRequest.Builder as(String token, String pathAndQuery) {
    return to(pathAndQuery).header("Authorization", "Bearer " + token);
  }
}
