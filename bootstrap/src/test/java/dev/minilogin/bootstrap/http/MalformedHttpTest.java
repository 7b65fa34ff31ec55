package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no HTTP, or hardly: refused in order, and then all is well. */
@ExtendWith(Stage.Given.class)
class MalformedHttpTest {
  private static final String LOGIN = "POST /v1/sessions HTTP/1.1\r\nHost: a\r\n";

  private final Stage stage;

  MalformedHttpTest(Stage stage) {
    this.stage = stage;
  }

  @AfterEach
  void the_server_is_well() {
    stage.client.get("/health/live").has(200);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/me\r\n\r\n",
        "GET /v1/me HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /v1/me FTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/me x HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\nHost: a\r\nNo colon here\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\nHost: a\r\nBad\u0000Name: x\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
        LOGIN + "Content-Type: application/json\r\nContent-Length: -1\r\n\r\n{}",
        LOGIN + "Content-Type: application/json\r\nContent-Length: abc\r\n\r\n{}",
        LOGIN + "Content-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        LOGIN
            + "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        LOGIN
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n{}\r\n0\r\n\r\n",
        LOGIN
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "-2\r\n{}\r\n0\r\n\r\n",
        LOGIN
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "ffffffffffff\r\n{}\r\n0\r\n\r\n",
        LOGIN
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        LOGIN + "Content-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        LOGIN + "Content-Type: ;;;\r\nContent-Length: 2\r\n\r\n{}",
        LOGIN + "Content-Type: application/json; charset=nothing\r\nContent-Length: 2\r\n\r\n{}",
        LOGIN
            + "Content-Type: a/b\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        LOGIN
            + "Content-Type: application/json\r\n"
            + "Content-Encoding: gzip\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "{}",
        LOGIN
            + "Content-Type: application/json\r\nContent-Length: 2\r\nAccept: ;;;\r\n"
            + "Connection: close\r\n\r\n{}",
        LOGIN
            + "Content-Type: application/json\r\nContent-Length: 2\r\n"
            + "Idempotency-Key: \u00e9\r\nConnection: close\r\n\r\n{}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformed_requests_are_refused(String request) {
    Optional<Answer> answer = stage.rawClient.send(request);

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isBetween(400, 499));
  }

  @Test
  void a_request_line_that_is_too_long() {
    Optional<Answer> answer =
        stage.rawClient.send("GET /v1/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(413, 414, 431));
  }

  @Test
  void headers_that_are_too_large() {
    Optional<Answer> answer =
        stage.rawClient.send(
            "GET /v1/me HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(100_000) + "\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(413, 431));
  }

  @Test
  void too_many_headers() {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      headers.append("X-").append(i).append(": a\r\n");
    }
    Optional<Answer> answer =
        stage.rawClient.send("GET /v1/me HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(413, 431));
  }

  @Test
  void a_body_that_is_announced_too_large_is_not_waited_for() {
    Optional<Answer> answer =
        stage.rawClient.send(
            LOGIN + "Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n{");

    assertThat(answer).hasValueSatisfying(a -> a.isProblem(413, "payload-too-large"));
  }

  @Test
  void a_body_that_grows_too_large_chunk_by_chunk() {
    String chunk = "1000\r\n" + "a".repeat(4096) + "\r\n";
    Optional<Answer> answer =
        stage.rawClient.send(
            LOGIN
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(40)
                + "0\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> a.isProblem(413, "payload-too-large"));
  }

  @Test
  void a_chunked_body_of_the_right_size_is_fine() {
    String body = Client.json("appId", Stage.APP, "code", stage.weChat.code(Stage.APP));
    Optional<Answer> answer =
        stage.rawClient.send(
            LOGIN
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n"
                + Integer.toHexString(body.length())
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> a.has(201));
  }

  @Test
  void an_expectation_is_met() {
    String body = Client.json("appId", Stage.APP, "code", stage.weChat.code(Stage.APP));
    Optional<Answer> answer =
        stage.rawClient.send(
            LOGIN
                + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                + body.length()
                + "\r\nConnection: close\r\n\r\n"
                + body);

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(100, 201));
  }
}
