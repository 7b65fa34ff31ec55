package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.session.SessionToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a token that this server gave lets anybody in, and only from where it belongs. */
@ExtendWith(Stage.Given.class)
class TokensTest {
  private final Stage stage;

  TokensTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void no_token() {
    assertThat(stage.client.get("/v1/sessions/current").header("WWW-Authenticate"))
        .contains("Bearer");
    stage.client.get("/v1/sessions/current").isProblem(401, "token-missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junk",
        "mls1_",
        "null",
        "undefined",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "mls1_0000000000000000000000000000000000000000000000000"
      })
  void junk(String token) {
    Answer answer = stage.client.check(token).isProblem(401, "token-invalid");

    assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
  }

  @Test
  void a_token_of_ten_thousand_characters() {
    Answer answer = stage.client.check("mls1_" + "a".repeat(7_000));

    answer.isProblem(401, "token-invalid");
  }

  @Test
  void a_truncated_or_lengthened_token() {
    String token = stage.newLogin().token();
    for (String wrong :
        List.of(
            token.substring(0, token.length() - 1),
            token.substring(1),
            token.substring(0, 20),
            token + "0",
            token + token)) {
      stage.client.check(wrong).isProblem(401, "token-invalid");
    }
  }

  @Test
  void a_token_with_any_one_character_changed() {
    String token = stage.newLogin().token();

    Stream<String> mutants =
        IntStream.range(0, token.length())
            .mapToObj(
                i ->
                    token.substring(0, i)
                        + (token.charAt(i) == 'x' ? 'y' : 'x')
                        + token.substring(i + 1));

    assertThat(mutants)
        .allSatisfy(mutant -> stage.client.check(mutant).isProblem(401, "token-invalid"));
    stage.client.check(token).has(200);
  }

  @Test
  void a_token_in_other_case() {
    String token = stage.newLogin().token();

    stage.client.check(token.toUpperCase(Locale.ROOT)).isProblem(401, "token-invalid");
  }

  @Test
  void a_well_formed_token_of_another_server() {
    String foreign = Secrets.note(SessionToken.mint(new SecureRandom()).reveal());

    Answer answer = stage.client.check(foreign).isProblem(401, "token-invalid");

    assertThat(answer.json().has("reason")).isFalse();
  }

  @Test
  void an_operators_token() {
    String token = stage.newLogin().token();

    stage.client.check(token.replaceFirst("mls1_", "mlo1_")).isProblem(401, "token-invalid");
  }

  @Test
  void a_session_id_is_no_token() {
    stage.client.check(stage.newLogin().text("sessionId")).isProblem(401, "token-invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "BEARER", "bEaReR"})
  void the_scheme_may_have_any_case(String scheme) {
    String token = stage.newLogin().token();

    checkWith(scheme + " " + token).has(200);
  }

  static Stream<String> badHeaders() {
    return Stream.of(
        "%s",
        "Basic %s",
        "Bearer",
        "Bearer ",
        "Bearer%s",
        "Bearer %s x",
        "Bearer \"%s\"",
        "Bearer %s, Bearer %s",
        "Token %s",
        "Bearer\t%s");
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void a_header_that_is_not_bearer_and_one_token(String header) {
    String token = stage.newLogin().token();

    Answer answer = checkWith(header.replace("%s", token)).isProblem(400, "invalid-authorization");

    assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_request\"");
  }

  @Test
  void two_headers_even_if_they_are_equal() {
    String token = stage.newLogin().token();
    String other = stage.newLogin().token();
    for (List<String> pair :
        List.of(List.of(token, token), List.of(token, other), List.of(token, "junk"))) {
      stage
          .client
          .send(
              stage
                  .client
                  .to("/v1/sessions/current")
                  .header("Authorization", "Bearer " + pair.get(0))
                  .header("Authorization", "Bearer " + pair.get(1))
                  .GET())
          .isProblem(400, "invalid-authorization");
    }
  }

  @Test
  void an_empty_header() {
    Optional<Answer> answer =
        stage.rawClient.send(
            "GET /v1/sessions/current HTTP/1.1\r\nHost: a\r\nAuthorization:\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(answer).hasValueSatisfying(a -> a.isProblem(400, "invalid-authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token", "Authorization", "authorization"})
  void a_token_in_the_query_is_not_looked_for(String name) {
    String token = stage.newLogin().token();

    stage.client.get("/v1/sessions/current?" + name + "=" + token).isProblem(401, "token-missing");
    stage.client.get("/v1/me?" + name + "=Bearer%20" + token).isProblem(401, "token-missing");
  }

  @Test
  void a_token_in_the_body_is_not_looked_for() {
    String token = stage.newLogin().token();

    stage
        .client
        .send(
            stage
                .client
                .to("/v1/me")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Client.json("access_token", token, "token", token))))
        .isProblem(401, "token-missing");
    stage
        .client
        .send(
            stage
                .client
                .to("/v1/me")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token)))
        .isProblem(415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cookie", "X-Token", "X-Auth-Token", "Proxy-Authorization"})
  void a_token_in_another_header_is_not_looked_for(String name) {
    String token = stage.newLogin().token();

    stage
        .client
        .send(stage.client.to("/v1/me").header(name, "Bearer " + token).GET())
        .isProblem(401, "token-missing");
  }

  @Test
  void a_token_of_another_installation_of_this_server() {
    try (Server other =
        Server.start(
            URI.create("http://127.0.0.1:1"),
            List.of(Server.App.of(Stage.APP, Stage.secret(Stage.APP))))) {
      other.client().check(stage.newLogin().token()).isProblem(401, "token-invalid");
    }
  }

  private Answer checkWith(String header) {
    Optional<Answer> answer =
        stage.rawClient.send(
            "GET /v1/sessions/current HTTP/1.1\r\nHost: a\r\nAuthorization: "
                + header
                + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).isPresent();
    return answer.get();
  }
}
