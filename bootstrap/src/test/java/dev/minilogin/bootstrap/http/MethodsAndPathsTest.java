package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that aren't there, and methods that a route doesn't have. */
@ExtendWith(Stage.Given.class)
class MethodsAndPathsTest {
  private final Stage stage;

  MethodsAndPathsTest(Stage stage) {
    this.stage = stage;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/sessions/current/x",
        "/V1/ME",
        "/v2/me",
        "/v1/me/x",
        "/health",
        "/health/nothing",
        "/index.html",
        "/favicon.ico",
        "/docs/",
        "/swagger/mini-login.yml",
        "/META-INF/swagger/mini-login.yml",
        "/application.yml",
        "/beans",
        "/env",
        "/routes",
        "/refresh",
        "/stop",
        "/metrics"
      })
  void there_is_nothing_else(String path) {
    stage.client.get(path).isProblem(404, "not-found");
  }

  @Test
  void nothing_is_there_with_a_token_either() {
    String token = stage.newLogin().token();

    stage.client.send(stage.client.as(token, "/v1/nothing").GET()).isProblem(404, "not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/sessions, 'DELETE,GET,HEAD,POST'",
    "PATCH, /v1/sessions, 'DELETE,GET,HEAD,POST'",
    "GET, /v1/sessions/nothing, DELETE",
    "POST, /v1/sessions/current, 'DELETE,GET,HEAD'",
    "PUT, /v1/me, 'DELETE,GET,HEAD,PATCH,POST'",
    "POST, /health/live, 'GET,HEAD'",
    "TRACE, /v1/me, 'DELETE,GET,HEAD,PATCH,POST'"
  })
  void a_method_that_a_route_does_not_have(String method, String path, String allowed) {
    Answer answer =
        stage
            .client
            .send(stage.client.to(path).method(method, HttpRequest.BodyPublishers.noBody()))
            .isProblem(405, "method-not-allowed");

    assertThat(Arrays.stream(answer.header("Allow").orElseThrow().split(", *")).sorted())
        .containsExactly(allowed.split(","));
  }

  @Test
  void a_method_that_nobody_knows() {
    for (String method : new String[] {"BREW", "PROPFIND"}) {
      Optional<Answer> answer =
          stage.rawClient.send(method + " /v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(400, 405, 501));
    }
  }

  @Test
  void head_is_get_without_a_body() {
    String token = stage.newLogin().token();

    assertThat(head(stage.client.to("/health/live")).has(200).bytes()).isEmpty();
    assertThat(head(stage.client.as(token, "/v1/me")).has(200).bytes()).isEmpty();
    head(stage.client.as(token, "/v1/sessions/current")).has(200);
    head(stage.client.to("/v1/me")).has(401);
    head(stage.client.to("/v1/nothing")).has(404);
  }

  private Answer head(HttpRequest.Builder request) {
    return stage.client.send(request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example.com", "localhost"})
  void other_origins_are_told_nothing(String host) {
    Optional<Answer> answer =
        stage.rawClient.send(
            "OPTIONS /v1/me HTTP/1.1\r\nHost: "
                + host
                + "\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> a.isProblem(405, "method-not-allowed"));
    assertThat(answer.orElseThrow().headers().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  @Test
  void an_answer_in_another_form_than_json_is_not_to_be_had() {
    String token = stage.newLogin().token();

    for (String type : new String[] {"text/html", "application/xml", "image/png"}) {
      stage
          .client
          .send(stage.client.as(token, "/v1/me").header("Accept", type).GET())
          .isProblem(406, "not-acceptable");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "application/json", "application/json;q=0.5", "text/html, */*;q=0.1"})
  void json_is_to_be_had_in_many_words(String accept) {
    String token = stage.newLogin().token();

    stage.client.send(stage.client.as(token, "/v1/me").header("Accept", accept).GET()).has(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/problem+json", "application/json", "text/html", "*/*"})
  void a_problem_is_a_problem_whatever_is_accepted(String accept) {
    Answer answer =
        stage.client.send(stage.client.to("/v1/nothing").header("Accept", accept).GET());

    answer.isProblem(404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/me%00",
        "/v1/%00",
        "/v1/me%2f",
        "/v1/me%2F..%2Fsessions",
        "//v1/me",
        "/v1//me",
        "/v1/./me",
        "/v1/../v1/me",
        "/health/../v1/me",
        "/..",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/v1/me;x=1",
        "/v1/me/",
        "/v1/m%65",
        "/v1/me%zz",
        "/v1/me%",
        "/v1/%ff%fe",
        "/v1/me\\",
        "/v1/{id}",
        "/v1/me?%zz=%",
        "/v1/me?a=%00",
        "/v1/me#fragment",
        "*",
        "http://evil.example/v1/me",
        "v1/me"
      })
  void a_strange_path_leads_nowhere_without_a_token(String path) {
    Optional<Answer> answer =
        stage.rawClient.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> assertThat(a.status()).isIn(400, 401, 404));
  }

  @Test
  void a_long_path() {
    stage.client.get("/v1/" + "a".repeat(3_000)).isProblem(404, "not-found");
  }
}
