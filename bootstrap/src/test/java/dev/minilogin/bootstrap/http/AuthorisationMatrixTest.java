package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.domain.session.SessionToken;
import io.swagger.v3.oas.models.PathItem;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may ask for what: every route of the API's description, asked by everybody whom there is. A
 * route that is described and not in {@link #WHO} fails the build.
 */
@ExtendWith(Studio.Given.class)
class AuthorisationMatrixTest {
  /** Who may ask for a route. */
  private enum Access {
    /** Anybody; a token is not looked at. */
    ANYBODY,
    /** A user with a good session, for what is theirs. */
    USER
  }

  /** Who asks. */
  private enum Asking {
    NOBODY,
    ANN,
    BOB,
    REVOKED,
    EXPIRED,
    /** Whoever invents a token. */
    GUESS,
    /** Operators and services have no credentials that any of these routes takes. */
    OPERATOR,
    SERVICE
  }

  private static final Map<String, Access> WHO =
      Map.ofEntries(
          Map.entry("GET /health/live", Access.ANYBODY),
          Map.entry("GET /health/ready", Access.ANYBODY),
          Map.entry("POST /v1/sessions", Access.ANYBODY),
          Map.entry("GET /avatars/{key}", Access.ANYBODY),
          Map.entry("GET /wechat/push/{appId}", Access.ANYBODY),
          Map.entry("POST /wechat/push/{appId}", Access.ANYBODY),
          Map.entry("GET /v1/sessions", Access.USER),
          Map.entry("DELETE /v1/sessions", Access.USER),
          Map.entry("GET /v1/sessions/current", Access.USER),
          Map.entry("DELETE /v1/sessions/current", Access.USER),
          Map.entry("DELETE /v1/sessions/{id}", Access.USER),
          Map.entry("GET /v1/me", Access.USER),
          Map.entry("PATCH /v1/me", Access.USER),
          Map.entry("POST /v1/me", Access.USER),
          Map.entry("DELETE /v1/me", Access.USER),
          Map.entry("POST /v1/me/deletion", Access.USER),
          Map.entry("GET /v1/me/export", Access.USER),
          Map.entry("POST /v1/me/export", Access.USER),
          Map.entry("POST /v1/me/avatar", Access.USER),
          Map.entry("POST /v1/me/phone", Access.USER),
          Map.entry("DELETE /v1/me/phone", Access.USER),
          Map.entry("POST /v1/me/open-data", Access.USER),
          Map.entry("POST /v1/me/encrypted", Access.USER),
          Map.entry("GET /v1/me/session-key", Access.USER),
          Map.entry("POST /v1/me/session-key/reset", Access.USER),
          Map.entry("POST /v1/me/plugin", Access.USER));

  /** What changes with each request of the user, or with time, whoever else asks. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of(
          "exportedAt", "lastSeenAt", "idleExpiresAt", "sessions", "events", "auditLog", "audit");

  private final Studio studio;

  AuthorisationMatrixTest(Studio studio) {
    this.studio = studio;
  }

  @Test
  void every_route_that_is_described_is_here() {
    assertThat(WHO.keySet()).isEqualTo(routes());
  }

  private static Set<String> routes() {
    Map<String, PathItem> described = new TreeMap<>();
    Contract.description()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .keySet()
                    .forEach(method -> described.put(method + " " + path, item)));
    return described.keySet();
  }

  static Stream<Arguments> cells() {
    return WHO.keySet().stream()
        .sorted()
        .flatMap(route -> Stream.of(Asking.values()).map(asking -> Arguments.of(route, asking)));
  }

  @ParameterizedTest(name = "{0} asked by {1}")
  @MethodSource("cells")
  void a_cell(String route, Asking asking) {
    Answer ann = studio.logIn(Studio.APP, WeChat.somebody());
    JsonNode before = known(ann.token());
    Answer answer = ask(route, token(asking, ann), ann.text("sessionId"));
    switch (WHO.get(route)) {
      case ANYBODY ->
          assertThat(answer.status()).isEqualTo(ask(route, Optional.empty(), "").status());
      case USER -> {
        switch (asking) {
          case NOBODY -> answer.isProblem(401, "token-missing");
          case ANN, BOB -> assertThat(answer.status()).isNotIn(401, 403).isLessThan(500);
          case REVOKED, EXPIRED -> answer.isProblem(401, "session-ended");
          case GUESS, OPERATOR, SERVICE -> answer.isProblem(401, "token-invalid");
        }
      }
    }
    if (asking != Asking.ANN) {
      assertThat(known(ann.token())).as("what is Ann's").isEqualTo(before);
    }
  }

  private Optional<String> token(Asking asking, Answer ann) {
    return switch (asking) {
      case NOBODY -> Optional.empty();
      case ANN -> Optional.of(ann.token());
      case BOB -> Optional.of(studio.newLogin(Studio.APP));
      case REVOKED -> {
        String token = studio.newLogin(Studio.APP);
        studio.client.logOut(token).has(204);
        yield Optional.of(token);
      }
      case EXPIRED -> {
        String token = studio.newLogin(Studio.APP);
        for (int i = 0; i < 3; i++) {
          studio.clock.advance(Duration.ofHours(9));
          studio.client.check(ann.token()).has(200);
        }
        yield Optional.of(token);
      }
      case GUESS -> Optional.of(SessionToken.mint(new SecureRandom()).reveal());
      case OPERATOR -> Optional.of("mlo1_" + "7".repeat(49));
      case SERVICE -> Optional.of("c2VydmljZTpzZWNyZXQ");
    };
  }

  /** Asks so that it can be told who may, and as little as possible happens. */
  private Answer ask(String route, Optional<String> token, String annsSession) {
    String[] methodAndPath = route.split(" ");
    String path =
        methodAndPath[1]
            .replace("{id}", annsSession)
            .replace("{appId}", Studio.APP)
            .replace("{key}", "0".repeat(32));
    boolean upload = path.equals("/v1/me/avatar");
    HttpRequest.Builder request =
        studio
            .client
            .to(path)
            .header(
                "Content-Type", upload ? "multipart/form-data; boundary=x" : "application/json");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    boolean hasBody = Set.of("POST", "PATCH").contains(methodAndPath[0]) || path.equals("/v1/me");
    return studio.client.send(
        request.method(
            methodAndPath[0],
            hasBody && !methodAndPath[0].equals("GET")
                ? HttpRequest.BodyPublishers.ofString(upload ? "--x--\r\n" : "{\"unknown\":1}")
                : HttpRequest.BodyPublishers.noBody()));
  }

  private JsonNode known(String token) {
    ObjectNode export =
        studio
            .client
            .send(studio.client.as(token, "/v1/me/export").GET())
            .has(200)
            .json()
            .deepCopy();
    export.remove(OF_THE_MOMENT);
    ObjectNode all = export.objectNode();
    all.set("export", export);
    all.set("me", studio.client.me(token).has(200).json());
    return all;
  }

  @Test
  void somebody_elses_session_and_none_look_the_same() {
    Answer ann = studio.logIn(Studio.APP, WeChat.somebody());
    String bob = studio.newLogin(Studio.APP);

    List<Answer> answers =
        Stream.of(ann.text("sessionId"), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")
            .map(id -> ask("DELETE /v1/sessions/{id}", Optional.of(bob), id))
            .toList();

    assertThat(answers).extracting(Answer::status).containsExactly(204, 204);
    assertThat(answers).extracting(Answer::bytes).containsExactly(new byte[0], new byte[0]);
    assertThat(answers.getFirst().headers().keySet())
        .isEqualTo(answers.getLast().headers().keySet());
    studio.client.check(ann.token()).has(200);
  }
}
