package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.domain.testing.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a user is logged in: one login an install, a list, an end from elsewhere. */
@ExtendWith(Studio.Given.class)
class SessionRoutesTest {
  /** Of a session that a login on the same install replaces. */
  private static final Duration TAIL = Duration.ofSeconds(30);

  /** After the tail, until a token that comes back is taken for stolen. */
  private static final Duration LATE_REQUESTS = Duration.ofSeconds(30);

  private final Studio studio;
  private final String person = WeChat.somebody();

  SessionRoutesTest(Studio studio) {
    this.studio = studio;
  }

  private Answer logIn(String appId, String install, String envVersion) {
    return post(
        appId,
        Map.of(
            "installId",
            install,
            "envVersion",
            envVersion,
            "platform",
            "ios",
            "model",
            "iPhone of " + install,
            "version",
            "1.4.2"));
  }

  private Answer post(String appId, Map<String, Object> client) {
    return studio.client.postLogin(
        Client.json("appId", appId, "code", studio.weChat.code(appId, person), "client", client));
  }

  private String tokenOn(String install) {
    return logIn(Studio.APP, install, "release").has(201).token();
  }

  private List<JsonNode> sessions(String token) {
    JsonNode list = list(token).has(200).json().get("sessions");
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private Answer list(String token) {
    return studio.client.send(studio.client.as(token, "/v1/sessions").GET());
  }

  private Answer end(String token, String id) {
    return studio.client.send(studio.client.as(token, "/v1/sessions/" + id).DELETE());
  }

  private Answer endOthers(String token) {
    return studio.client.send(studio.client.as(token, "/v1/sessions?others=true").DELETE());
  }

  private String idOf(String token) {
    return studio.client.check(token).has(200).text("id");
  }

  private void isOver(String token, String reason) {
    Answer answer = studio.client.check(token).isProblem(401, "session-ended");
    assertThat(answer.text("reason")).isEqualTo(reason);
    assertThat(answer.text("action")).isEqualTo("log-in");
  }

  @Test
  void a_user_sees_the_devices_and_which_one_is_this() {
    String phone = tokenOn("phone");
    studio.clock.advance(Duration.ofSeconds(1));
    String tablet = tokenOn("tablet");

    List<JsonNode> seen = sessions(phone);

    assertThat(seen)
        .extracting(session -> session.get("id").asText())
        .containsExactly(idOf(tablet), idOf(phone));
    assertThat(seen)
        .extracting(session -> session.get("current").asBoolean())
        .containsExactly(false, true);
    assertThat(sessions(tablet))
        .extracting(session -> session.get("current").asBoolean())
        .containsExactly(true, false);
    JsonNode other = seen.getFirst();
    assertThat(other.get("appId").asText()).isEqualTo(Studio.APP);
    assertThat(other.get("device").asText()).isEqualTo("iPhone of tablet");
    assertThat(other.get("platform").asText()).isEqualTo("ios");
    assertThat(other.get("envVersion").asText()).isEqualTo("release");
    assertThat(other.get("user").isNull()).isTrue();
    assertThat(list(phone).text()).doesNotContain(phone).doesNotContain(tablet);
  }

  @Test
  void the_list_has_the_sessions_of_all_mini_programs_of_the_user_and_nobody_elses() {
    String here = tokenOn("phone");
    String there = logIn(Studio.SISTER_APP, "phone", "release").has(201).token();
    studio.newLogin(Studio.APP);

    assertThat(sessions(here))
        .extracting(session -> session.get("id").asText())
        .containsExactlyInAnyOrder(idOf(here), idOf(there));
  }

  @Test
  void what_is_over_is_not_in_the_list() {
    String phone = tokenOn("phone");
    studio.clock.advance(Duration.ofHours(23));
    String tablet = tokenOn("tablet");
    studio.clock.advance(Duration.ofHours(2));
    String watch = tokenOn("watch");
    String out = tokenOn("out");
    studio.client.logOut(out).has(204);

    assertThat(sessions(watch))
        .extracting(session -> session.get("id").asText())
        .containsExactlyInAnyOrder(idOf(watch), idOf(tablet));
    isOver(phone, "idle");
  }

  @Test
  void a_login_on_the_same_install_replaces_the_session_after_a_tail() {
    String old = tokenOn("phone");
    String next = tokenOn("phone");

    studio.client.check(old).has(200);
    studio.clock.advance(TAIL.minusMillis(1));
    studio.client.check(old).has(200);
    studio.clock.advance(Duration.ofMillis(1));
    isOver(old, "replaced");
    studio.client.check(next).has(200);
    assertThat(sessions(next)).hasSize(1);
  }

  @Test
  void another_build_another_install_and_another_mini_program_replace_nothing() {
    List<String> tokens = new ArrayList<>();
    tokens.add(tokenOn("phone"));
    tokens.add(tokenOn("tablet"));
    tokens.add(logIn(Studio.APP, "phone", "develop").has(201).token());
    tokens.add(logIn(Studio.APP, "phone", "trial").has(201).token());
    tokens.add(logIn(Studio.SISTER_APP, "phone", "release").has(201).token());
    tokens.add(post(Studio.APP, Map.of()).has(201).token());
    tokens.add(post(Studio.APP, Map.of()).has(201).token());
    studio.clock.advance(TAIL);

    assertThat(tokens).allSatisfy(token -> studio.client.check(token).has(200));
  }

  @Test
  void a_session_in_its_tail_can_still_be_logged_out() {
    String old = tokenOn("phone");
    tokenOn("phone");

    studio.client.logOut(old).has(204);

    studio.client.check(old).isProblem(401, "session-ended");
  }

  @Test
  void a_replaced_token_that_comes_back_late_ends_what_took_its_place() {
    String old = tokenOn("phone");
    String next = tokenOn("phone");
    String tablet = tokenOn("tablet");
    studio.clock.advance(TAIL.plus(LATE_REQUESTS).minusMillis(1));
    isOver(old, "replaced");
    studio.client.check(next).has(200);

    studio.clock.advance(Duration.ofMillis(1));
    isOver(old, "replaced");

    isOver(next, "revoked");
    studio.client.check(tablet).has(200);
    String again = tokenOn("phone");
    isOver(old, "replaced");
    studio.client.check(again).has(200);
  }

  @Test
  void one_too_many_ends_the_least_recently_used() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tokens.add(tokenOn("device " + i));
      studio.clock.advance(Duration.ofSeconds(1));
    }
    studio.clock.advance(Duration.ofMinutes(11));
    studio.client.check(tokens.getFirst()).has(200);

    tokens.add(tokenOn("one more"));

    isOver(tokens.remove(1), "revoked");
    assertThat(tokens).allSatisfy(token -> studio.client.check(token).has(200));
    assertThat(sessions(tokens.getFirst())).hasSize(10);
  }

  @Test
  void a_mini_program_may_allow_fewer() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tokens.add(logIn(Studio.RELEASE_ONLY, "device " + i, "release").has(201).token());
      studio.clock.advance(Duration.ofSeconds(1));
    }

    isOver(tokens.getFirst(), "revoked");
    assertThat(sessions(tokens.getLast())).hasSize(2);
  }

  @Test
  void logins_at_once_never_exceed_the_number() {
    tokenOn("first");
    studio.clock.advance(Duration.ofSeconds(1));
    List<String> codes =
        Stream.generate(() -> studio.weChat.code(Studio.APP, person)).limit(20).toList();
    List<Answer> answers =
        AtOnce.run(
            20,
            i ->
                studio.client.postLogin(
                    Client.json(
                        "appId",
                        Studio.APP,
                        "code",
                        codes.get(i),
                        "client",
                        Map.of("installId", "at once " + i))));

    assertThat(answers).allSatisfy(answer -> answer.has(201));
    long good =
        answers.stream()
            .filter(answer -> studio.client.check(answer.token()).status() == 200)
            .count();
    assertThat(good).isEqualTo(10);
  }

  @Test
  void one_session_is_ended_from_another() {
    String phone = tokenOn("phone");
    String tablet = tokenOn("tablet");

    end(phone, idOf(tablet)).has(204);

    isOver(tablet, "revoked");
    studio.client.check(phone).has(200);
  }

  @Test
  void a_session_may_end_itself_by_its_handle() {
    String phone = tokenOn("phone");

    end(phone, idOf(phone)).has(204);

    isOver(phone, "revoked");
  }

  @Test
  void somebody_elses_session_an_unknown_one_and_one_that_is_over_look_the_same() {
    String phone = tokenOn("phone");
    String foreign = studio.newLogin(Studio.APP);
    String out = tokenOn("tablet");
    String outId = idOf(out);
    studio.client.logOut(out).has(204);

    List<Answer> answers =
        List.of(
            end(phone, idOf(foreign)),
            end(phone, "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
            end(phone, outId));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.has(204).bytes()).isEmpty());
    studio.client.check(foreign).has(200);
    isOver(out, "signed-out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "1", "%20", "0190a1b2", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5bb", "*"})
  void a_handle_of_another_form_is_refused(String id) {
    Answer refused = end(tokenOn("phone"), id).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactly("id");
  }

  @Test
  void all_others_are_ended() {
    String phone = tokenOn("phone");
    String tablet = tokenOn("tablet");
    String there = logIn(Studio.SISTER_APP, "phone", "release").has(201).token();
    String foreign = studio.newLogin(Studio.APP);

    endOthers(phone).has(204);
    endOthers(phone).has(204);

    isOver(tablet, "revoked");
    isOver(there, "revoked");
    studio.client.check(phone).has(200);
    studio.client.check(foreign).has(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?others", "?others=", "?others=false", "?others=TRUE", "?others=1"})
  void nobody_ends_all_others_by_mistake(String query) {
    String phone = tokenOn("phone");
    String tablet = tokenOn("tablet");

    Answer refused = studio.client.send(studio.client.as(phone, "/v1/sessions" + query).DELETE());

    assertThat(refused.isProblem(400, "invalid-request").fieldsInError()).containsExactly("others");
    studio.client.check(tablet).has(200);
  }

  @Test
  void a_build_that_is_not_let_in_burns_no_code() {
    for (String build : List.of("develop", "trial")) {
      Answer refused =
          logIn(Studio.RELEASE_ONLY, "phone", build).isProblem(403, "build-not-admitted");
      assertThat(refused.text("action")).isEqualTo("fix-request");
    }
    String code = studio.weChat.code(Studio.RELEASE_ONLY, person);
    String develop =
        Client.json(
            "appId", Studio.RELEASE_ONLY, "code", code, "client", Map.of("envVersion", "develop"));

    studio.client.postLogin(develop).isProblem(403, "build-not-admitted");

    studio.client.logIn(Studio.RELEASE_ONLY, code).has(201);
  }
}
