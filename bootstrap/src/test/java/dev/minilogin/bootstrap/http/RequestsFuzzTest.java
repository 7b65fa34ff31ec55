package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.Problems;
import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.json.JsonSyntaxException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/**
 * Whatever comes as a body: it is taken as another parser reads it, or refused with a problem
 * document. And whatever goes wrong becomes one.
 */
@ExtendWith(Stage.Given.class)
class RequestsFuzzTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Set<String> PROFILE =
      Set.of("nickname", "avatarUrl", "gender", "province", "city", "country", "language");

  private final Stage stage;
  private final String token;

  RequestsFuzzTest(Stage stage) {
    this.stage = stage;
    this.token = stage.newLogin().token();
    if (System.getenv("JAZZER_FUZZ") != null) {
      ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }
  }

  /** Nobody has a code, so nobody is let in. */
  @FuzzTest
  void a_login(byte[] input) {
    Answer answer = send("POST", "/v1/sessions", "application/json", input);
    assertThat(answer.status()).isIn(400, 409, 413);
    if (read(input).filter(JsonNode::isObject).isEmpty()) {
      assertThat(answer.status()).isIn(400, 413);
    }
  }

  @FuzzTest
  void a_profile(byte[] input) {
    JsonNode before = stage.client.me(token).json();
    Answer answer = send("PATCH", "/v1/me", "application/json", input);
    assertThat(answer.status()).isIn(200, 400, 413);
    if (answer.status() == 200) {
      Set<String> fields = new TreeSet<>();
      JsonNode body = read(input).orElseThrow();
      assertThat(body.isObject()).isTrue();
      body.fieldNames().forEachRemaining(fields::add);
      assertThat(PROFILE).containsAll(fields);
      assertThat(answer.json().get("id")).isEqualTo(before.get("id"));
      assertThat(answer.json().get("createdAt")).isEqualTo(before.get("createdAt"));
    } else {
      assertThat(stage.client.me(token).json()).isEqualTo(before);
    }
  }

  @FuzzTest
  void open_data(byte[] input) {
    Answer answer = send("POST", "/v1/me/open-data", "application/json", input);
    assertThat(answer.status()).isBetween(400, 499);
  }

  @FuzzTest
  void an_upload(byte[] input) {
    Answer answer = send("POST", "/v1/me/avatar", "multipart/form-data; boundary=b", input);
    assertThat(answer.status()).isIn(200, 400, 413, 415, 422);
    if (answer.status() == 200) {
      assertThat(new String(input, StandardCharsets.ISO_8859_1))
          .contains("--b", "name=", "file")
          .containsAnyOf("PNG", "GIF8", "WEBP", "\u00ff\u00d8");
    }
  }

  @FuzzTest
  void a_push(byte[] input) {
    Answer answer =
        send(
            "POST",
            "/wechat/push/" + Stage.APP + "?timestamp=1&nonce=1&msg_signature=" + "0".repeat(40),
            "text/xml",
            input);
    assertThat(answer.status()).isIn(403, 413);
  }

  /** One byte of status (the client's fault), one of what went wrong, and its message. */
  @FuzzTest
  void a_failure_of_the_frameworks(byte[] input) {
    if (input.length < 2) {
      return;
    }
    HttpStatus[] statuses =
        Arrays.stream(HttpStatus.values())
            .filter(status -> status.getCode() >= 400 && status.getCode() < 500)
            .toArray(HttpStatus[]::new);
    HttpStatus status = statuses[Byte.toUnsignedInt(input[0]) % statuses.length];
    String message = new String(input, 2, input.length - 2, StandardCharsets.UTF_8);
    Throwable cause = cause(input[1], message);
    @SuppressWarnings("unchecked")
    ErrorResponseProcessor<byte[]> mapper = stage.server.bean(ErrorResponseProcessor.class);

    Answer answer =
        answer(
            mapper.processResponse(
                ErrorContext.builder(io.micronaut.http.HttpRequest.GET("/v1/me"))
                    .cause(cause)
                    .errorMessage(message)
                    .build(),
                HttpResponse.status(status)));

    assertThat(answer.status()).isBetween(400, 499);
    if (message.length() > 20) {
      assertThat(answer.text()).doesNotContain(message);
    }
  }

  /** Lines: names of fields, what is wrong with them, in turns. */
  @FuzzTest
  void a_problem_of_ours(byte[] input) {
    List<Problem.FieldError> errors =
        new String(input, StandardCharsets.UTF_8)
            .lines()
            .map(line -> new Problem.FieldError(line, line + '\\' + '"'))
            .toList();
    if (errors.isEmpty()) {
      return;
    }
    Answer answer =
        answer(
            stage
                .server
                .bean(Problems.class)
                .answer(
                    io.micronaut.http.HttpRequest.GET("/v1/me"), ProblemException.invalid(errors)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsInError())
        .isEqualTo(errors.stream().map(Problem.FieldError::field).toList());
  }

  private static Throwable cause(byte kind, String message) {
    return switch (kind & 7) {
      case 0 -> new JsonSyntaxException(message);
      case 1 -> new IOException(message, new JsonSyntaxException(message));
      case 2 -> new IllegalArgumentException(message);
      case 3 -> new StorageUnavailable(message, new IOException(message));
      case 4 -> new StackOverflowError(message);
      case 5 -> new IllegalStateException(message, new OutOfMemoryError(message));
      case 6 -> new NullPointerException(message);
      default -> null;
    };
  }

  private static Answer answer(MutableHttpResponse<byte[]> response) {
    return Contract.check(
        new Answer(
            "GET",
            "/v1/me",
            response.code(),
            response.getHeaders().asMap(),
            response.getBody().orElseThrow()));
  }

  private Answer send(String method, String path, String contentType, byte[] body) {
    return stage.client.send(
        stage
            .client
            .as(token, path)
            .header("Content-Type", contentType)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static Optional<JsonNode> read(byte[] json) {
    try {
      return Optional.ofNullable(JACKSON.readTree(json));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
