package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main road: in, who am I, out. */
@ExtendWith(Stage.Given.class)
class LoggingInTest {
  private static final String UUID_V7 =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z";

  private final Stage stage;

  LoggingInTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void a_code_opens_a_session() {
    JsonNode login = stage.newLogin().json();

    assertThat(login.get("token").asText()).matches("mls1_[0-9A-Za-z]{49}");
    assertThat(login.get("tokenType").asText()).isEqualTo("Bearer");
    assertThat(login.get("sessionId").asText()).matches(UUID_V7);
    assertThat(login.get("expiresIn").asLong()).isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(login.get("idleExpiresIn").asLong()).isEqualTo(Duration.ofHours(24).toSeconds());
    assertThat(login.get("newUser").asBoolean()).isTrue();
    assertThat(login.get("phoneProblem").isNull()).isTrue();
    assertThat(login).hasSize(8);
  }

  @Test
  void a_new_user_has_an_id_and_nothing_else() {
    JsonNode user = stage.newLogin().user();

    assertThat(user.get("id").asText()).matches(UUID_V7);
    assertThat(user.get("gender").asInt()).isZero();
    for (String unknown :
        List.of(
            "nickname",
            "avatarUrl",
            "province",
            "city",
            "country",
            "language",
            "phone",
            "profileClearedAt")) {
      assertThat(user.get(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(user.get("createdAt").asText())
        .matches(TIME)
        .isEqualTo(stage.clock.instant().toString())
        .isEqualTo(user.get("updatedAt").asText());
    assertThat(user.get("reviews")).isEmpty();
    assertThat(user).hasSize(13);
  }

  @Test
  void the_same_person_is_the_same_user_and_new_only_once() {
    String person = WeChat.somebody();
    Answer first = stage.logIn(Stage.APP, person);
    Answer second = stage.logIn(Stage.APP, person);

    assertThat(first.json().get("newUser").asBoolean()).isTrue();
    assertThat(second.json().get("newUser").asBoolean()).isFalse();
    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(second.text("sessionId")).isNotEqualTo(first.text("sessionId"));
  }

  @Test
  void the_check_shows_the_session_and_its_user() {
    String code = stage.weChat.code(Stage.APP);
    String body =
        Client.json(
            "appId",
            Stage.APP,
            "code",
            code,
            "client",
            new ObjectMapper()
                .createObjectNode()
                .put("installId", "install-1")
                .put("envVersion", "trial")
                .put("version", "1.2.3")
                .put("platform", "ios")
                .put("model", "iPhone 15 Pro")
                .put("scene", 1001));
    Answer login = stage.client.postLogin(body).has(201);

    JsonNode session = stage.client.check(login.token()).has(200).json();

    assertThat(session.get("id").asText()).isEqualTo(login.text("sessionId"));
    assertThat(session.get("appId").asText()).isEqualTo(Stage.APP);
    assertThat(session.get("device").asText()).isEqualTo("iPhone 15 Pro");
    assertThat(session.get("platform").asText()).isEqualTo("ios");
    assertThat(session.get("envVersion").asText()).isEqualTo("trial");
    assertThat(session.get("createdAt").asText())
        .matches(TIME)
        .isEqualTo(stage.clock.instant().toString())
        .isEqualTo(session.get("lastSeenAt").asText());
    assertThat(session.get("expiresIn").asLong()).isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(session.get("idleExpiresIn").asLong()).isEqualTo(Duration.ofHours(24).toSeconds());
    assertThat(session.get("current").asBoolean()).isTrue();
    assertThat(session.get("user")).isEqualTo(login.user());
    assertThat(session).hasSize(11);
  }

  @Test
  void a_client_that_says_nothing_of_itself_gets_nulls() {
    JsonNode session = stage.client.check(stage.newLogin().token()).has(200).json();

    for (String unknown : List.of("device", "platform", "envVersion")) {
      assertThat(session.get(unknown).isNull()).as(unknown).isTrue();
    }
  }

  @Test
  void every_session_of_a_user_is_good_at_once() {
    String person = WeChat.somebody();
    Answer phone = stage.logIn(Stage.APP, person);
    Answer tablet = stage.logIn(Stage.APP, person);

    stage.client.logOut(phone.token()).has(204);

    stage.client.check(phone.token()).isProblem(401, "session-ended");
    assertThat(stage.client.check(tablet.token()).has(200).userId()).isEqualTo(phone.userId());
  }

  @Test
  void logging_out_ends_the_session_for_every_route() {
    String token = stage.newLogin().token();

    Answer out = stage.client.logOut(token).has(204);

    assertThat(out.bytes()).isEmpty();
    for (Answer refused :
        List.of(
            stage.client.check(token),
            stage.client.me(token),
            stage.client.patchMe(token, "{}"),
            stage.client.logOut(token))) {
      refused.isProblem(401, "session-ended");
      assertThat(refused.text("reason")).isEqualTo("signed-out");
      assertThat(refused.text("action")).isEqualTo("log-in");
    }
  }

  @Test
  void a_refusal_carries_the_callers_trace_id() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    Answer refused =
        stage.client.send(
            stage
                .client
                .to("/v1/me")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .GET());

    assertThat(refused.isProblem(401, "token-missing").text("traceId")).isEqualTo(trace);
    assertThat(refused.header("WWW-Authenticate")).contains("Bearer");
  }
}
