package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.PathItem;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who somebody is and what they may be comes from WeChat and from us. Whatever a request says of it
 * in its body, query or headers changes nobody: neither who acts, nor anybody else.
 */
@ExtendWith(Stage.Given.class)
class ForgedIdentityTest {
  private static final List<String> NAMES =
      List.of(
          "openid",
          "openId",
          "unionid",
          "unionId",
          "userId",
          "user_id",
          "uid",
          "user",
          "id",
          "sub",
          "role",
          "roles",
          "admin",
          "status",
          "sessionEpoch",
          "session_key",
          "phone",
          "createdAt",
          "created_at",
          "updatedAt",
          "token",
          "X-User-Id",
          "X-Wx-Openid",
          "X-WX-UNIONID");

  /** It ends what the others need, as it should. */
  private static final Set<String> WHAT_ENDS_THEM = Set.of("/v1/me/session-key/reset");

  private static final String UNTOUCHED =
      "SELECT CONCAT_WS('|', HEX(id), unionid, status, session_epoch, nickname, gender,"
          + " HEX(phone), HEX(phone_mac), phone_tenant, phone_bound_at, created_at"
          + ") FROM users ORDER BY id";

  private final Stage stage;

  ForgedIdentityTest(Stage stage) {
    this.stage = stage;
  }

  static Stream<String> routes() {
    return Contract.description().getPaths().entrySet().stream()
        .flatMap(
            path ->
                path.getValue().readOperationsMap().keySet().stream()
                    .filter(method -> method != PathItem.HttpMethod.DELETE)
                    .filter(
                        method ->
                            method == PathItem.HttpMethod.GET
                                || !WHAT_ENDS_THEM.contains(path.getKey()))
                    .map(method -> method + " " + path.getKey()));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void what_a_request_says_of_identities_changes_nobody(String route) {
    String method = route.split(" ")[0];
    String path =
        route.split(" ")[1].replace("{appId}", Stage.APP).replace("{key}", "k".repeat(32));
    String victim = WeChat.somebody();
    Answer first = stage.logIn(Stage.APP, victim);
    stage.client.bindPhone(first.token(), stage.weChat.phoneCode(Stage.APP, victim)).has(200);
    Answer victims = stage.logIn(Stage.APP, victim);
    Answer mine = stage.newLogin();
    JsonNode me = stage.client.me(mine.token()).json();
    Dump dump = Dump.of(stage.database);
    List<String> before = dump.column(UNTOUCHED);

    for (String name : NAMES) {
      for (Object value : values(victims, victim, name)) {
        for (HttpRequest.Builder request : forged(mine.token(), method, path, name, value)) {
          Answer answer = stage.client.send(request);
          assertThat(answer.status()).isLessThan(500);
          assertThat(answer.text()).doesNotContain(victims.userId());
        }
      }
    }

    assertThat(dump.column(UNTOUCHED)).isEqualTo(before);
    assertThat(stage.client.me(mine.token()).json()).isEqualTo(me);
    assertThat(stage.client.check(victims.token()).has(200).userId()).isEqualTo(victims.userId());
  }

  @Test
  void a_login_is_that_of_the_code_whatever_else_it_says() {
    Answer victims = stage.logIn(Stage.APP, WeChat.somebody());
    for (String name : NAMES) {
      String body =
          Client.json(
              "appId", Stage.APP, "code", stage.weChat.code(Stage.APP), name, victims.userId());
      String query = "?" + URLEncoder.encode(name, UTF_8) + "=" + victims.userId();

      Answer answer =
          stage.client.send(
              stage
                  .client
                  .to("/v1/sessions" + query)
                  .header("Content-Type", "application/json")
                  .header(name, victims.userId())
                  .header("Authorization", "Bearer " + victims.token())
                  .POST(HttpRequest.BodyPublishers.ofString(body)));

      assertThat(answer.has(201).userId()).isNotEqualTo(victims.userId());
      assertThat(answer.user().get("phone").isNull()).isTrue();
    }
  }

  private List<Object> values(Answer victims, String victim, String name) {
    return List.of(
        name.startsWith("role") ? "admin" : victims.userId(),
        stage.simulator.openid(Stage.APP, victim),
        Map.of("id", victims.userId(), "role", "admin"));
  }

  /** The same lie in each place where one can be told. */
  private List<HttpRequest.Builder> forged(
      String token, String method, String path, String name, Object value) {
    List<HttpRequest.Builder> requests = new ArrayList<>();
    String text = value.toString();
    requests.add(
        stage.client.as(
            token,
            path + "?" + URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(text, UTF_8)));
    requests.add(stage.client.as(token, path).header(name, text));
    requests.add(stage.client.as(token, path).header("Cookie", name + "=" + text));
    requests.forEach(request -> withBody(request, method, Client.json()));
    HttpRequest.Builder inBody = stage.client.as(token, path);
    withBody(inBody, method, Client.json(name, value));
    requests.add(inBody);
    HttpRequest.Builder deeper = stage.client.as(token, path);
    withBody(
        deeper, method, Client.json("user", Map.of(name, value), "client", Map.of(name, value)));
    requests.add(deeper);
    return requests;
  }

  private static void withBody(HttpRequest.Builder request, String method, String body) {
    if (method.equals("GET")) {
      request.GET();
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
  }
}
