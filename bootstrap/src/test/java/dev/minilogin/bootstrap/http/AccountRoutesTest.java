package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.application.account.ReinstateUser;
import dev.minilogin.application.account.SuspendUser;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting and exporting the own account. */
@ExtendWith(Stage.Given.class)
class AccountRoutesTest {
  private static final Actor OPERATOR = Actor.operator("ops");

  private final Stage stage;
  private final Client client;
  private final String person = WeChat.somebody();
  private final Answer login;
  private final String token;

  AccountRoutesTest(Stage stage) {
    this.stage = stage;
    this.client = stage.client;
    this.login = stage.logIn(Stage.APP, person);
    this.token = login.token();
  }

  @AfterEach
  void wechat_is_well_again() {
    stage.simulator.clearFaults();
  }

  private String code(String whose) {
    return stage.weChat.code(Stage.APP, whose);
  }

  private Answer delete(String someToken, String code) {
    return deleteWith(someToken, Client.json("code", code));
  }

  private Answer deleteWith(String someToken, String body) {
    return client.send(
        client
            .as(someToken, "/v1/me")
            .header("Content-Type", "application/json")
            .method("DELETE", HttpRequest.BodyPublishers.ofString(body)));
  }

  private Answer export(String someToken) {
    return client.send(client.as(someToken, "/v1/me/export").GET());
  }

  private Answer exportAll(String someToken, String code) {
    return client.post(someToken, "/v1/me/export", Client.json("code", code));
  }

  /** The token that comes with the bound number. */
  private String bindPhone() {
    return client
        .bindPhone(token, stage.weChat.phoneCode(Stage.APP, person))
        .has(200)
        .json()
        .get("session")
        .get("token")
        .asText();
  }

  private static Answer isDeleted(Answer answer) {
    answer.isProblem(401, "session-ended");
    assertThat(answer.text("reason")).isEqualTo("account-deleted");
    return answer;
  }

  private UserId userId() {
    return new UserId(UUID.fromString(login.userId()));
  }

  @Test
  void a_fresh_code_deletes_the_account_and_ends_all_its_sessions() {
    String elsewhere = stage.logIn(Stage.SISTER_APP, person).token();
    assertThat(delete(token, code(person)).has(204).bytes()).isEmpty();
    isDeleted(client.check(token));
    isDeleted(client.me(elsewhere));
    isDeleted(delete(token, code(person)));
  }

  @Test
  void post_is_the_same_for_clients_whose_delete_has_no_body() {
    client.post(token, "/v1/me/deletion", Client.json("code", code(person))).has(204);
    isDeleted(client.check(token));
  }

  @Test
  void nothing_of_the_person_is_left_in_any_table() {
    String phone = stage.weChat.phone(person);
    String nickname = "nick-" + UUID.randomUUID().toString().substring(0, 20);
    String bound = bindPhone();
    client.patchMe(bound, Client.json("nickname", nickname)).has(200);
    stage.logIn(Stage.SISTER_APP, person);
    List<String> traces =
        Stream.of(
                stage.simulator.openid(Stage.APP, person),
                stage.simulator.openid(Stage.SISTER_APP, person),
                stage.simulator.unionid(Stage.APP, person).orElseThrow(),
                phone,
                nickname)
            .toList();
    assertThat(traces.stream().filter(trace -> isStored(trace)))
        .as("the number is sealed")
        .hasSize(4);

    delete(bound, code(person)).has(204);

    assertThat(traces).noneMatch(this::isStored);
    assertThat(
            Dump.of(stage.database)
                .column(
                    "SELECT CONCAT(cause, ' ', app_id, ' ', push_id IS NULL)"
                        + " FROM erasure_receipts WHERE user_id = UNHEX(?)",
                    Dump.hex(login.userId())))
        .containsExactly("USER " + Stage.APP + " 1");
  }

  private boolean isStored(String trace) {
    return Dump.of(stage.database).tables().values().stream()
        .anyMatch(table -> table.contains(trace));
  }

  @Test
  void whoever_logs_in_later_is_somebody_new() {
    delete(token, code(person)).has(204);
    Answer again = stage.logIn(Stage.APP, person);
    assertThat(again.json().get("newUser").asBoolean()).isTrue();
    assertThat(again.userId()).isNotEqualTo(login.userId());
    client.check(again.token()).has(200);
    isDeleted(client.check(token));
  }

  @Test
  void another_persons_fresh_code_deletes_nobody() {
    String other = WeChat.somebody();
    String otherToken = stage.logIn(Stage.APP, other).token();
    String code = code(other);
    delete(token, code).isProblem(400, "code-invalid");
    delete(otherToken, code).isProblem(409, "code-used");
    client.logIn(Stage.APP, code).isProblem(409, "code-used");
    delete(token, stage.weChat.code(Stage.SISTER_APP, person)).isProblem(400, "code-invalid");
    delete(token, code(WeChat.somebody())).isProblem(400, "code-invalid");
    client.check(token).has(200);
    client.check(otherToken).has(200);
  }

  @Test
  void a_used_code_deletes_nobody() {
    String code = code(person);
    client.logIn(Stage.APP, code).has(201);
    delete(token, code).isProblem(409, "code-used");
    exportAll(token, code).isProblem(409, "code-used");
    client.check(token).has(200);
  }

  @Test
  void an_old_code_deletes_nobody() {
    String code = code(person);
    stage.clock.advance(Duration.ofSeconds(301));
    delete(token, code).isProblem(400, "code-invalid");
    client.check(token).has(200);
  }

  @Test
  void a_body_without_a_code_of_the_right_form_is_told_so() {
    for (String body : List.of("{}", "{\"code\":null}", "{\"code\":\"\"}", "{\"code\":\"a b\"}")) {
      assertThat(deleteWith(token, body).isProblem(400, "invalid-request").fieldsInError())
          .containsExactly("code");
    }
    deleteWith(token, "{\"code\":").isProblem(400, "malformed-json");
    client.send(client.as(token, "/v1/me").DELETE()).isProblem(400, "invalid-request");
    client.check(token).has(200);
  }

  @Test
  void while_wechat_does_not_answer_nothing_is_deleted() {
    stage.simulator.addFault(Fault.on(Api.JSCODE2SESSION).errcode(-1).always());
    delete(token, code(person)).isProblem(503, "wechat-busy");
    stage.simulator.clearFaults();
    client.check(token).has(200);
    delete(token, code(person)).has(204);
  }

  @Test
  void a_suspended_user_can_not_delete_the_account_and_is_told_why() {
    stage.server.bean(SuspendUser.class).execute(userId(), OPERATOR);
    Answer refused = delete(token, code(person)).isProblem(401, "session-ended");
    assertThat(refused.text("reason")).isEqualTo("user-suspended");
    client.logIn(Stage.APP, code(person)).isProblem(403, "user-suspended");
    stage.server.bean(ReinstateUser.class).execute(userId(), OPERATOR);
    assertThat(client.check(token).isProblem(401, "session-ended").text("reason"))
        .isEqualTo("revoked");
    Answer again = stage.logIn(Stage.APP, person);
    assertThat(again.userId()).isEqualTo(login.userId());
    delete(again.token(), code(person)).has(204);
  }

  @Test
  void two_deletions_at_once_are_one() {
    List<String> codes = List.of(code(person), code(person));
    List<Answer> answers = AtOnce.run(2, i -> delete(token, codes.get(i)));
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 401);
    isDeleted(client.check(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void an_export_needs_a_token(String method) {
    client
        .send(
            client
                .to("/v1/me/export")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{}")))
        .isProblem(401, "token-missing");
  }

  @Test
  void an_export_is_a_file_that_nobody_keeps_on_the_way() {
    Answer export = export(token).has(200);
    assertThat(export.header("Cache-Control")).contains("no-store");
    assertThat(export.header("Content-Disposition"))
        .contains("attachment; filename=\"account-" + login.userId() + ".json\"");
    assertThat(export.header("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void an_export_has_the_phone_number_masked_unless_there_is_a_fresh_code() {
    String number = stage.weChat.phone(person);
    String bound = bindPhone();
    JsonNode masked = export(bound).has(200).json().get("phone");
    assertThat(masked.get("number").asText())
        .isEqualTo(number.substring(0, 3) + "******" + number.substring(9));
    Answer all = exportAll(bound, code(person)).has(200);
    assertThat(all.json().get("phone").get("number").asText()).isEqualTo("+86" + number);
    exportAll(bound, code(WeChat.somebody())).isProblem(400, "code-invalid");
  }

  @Test
  void an_export_tells_who_the_person_is_where_and_what_happened() {
    stage.logIn(Stage.SISTER_APP, person);
    client.patchMe(token, Client.json("nickname", "Ann", "city", "Shenzhen")).has(200);
    export(token).has(200);
    JsonNode export = export(token).has(200).json();
    assertThat(export.get("user").get("id").asText()).isEqualTo(login.userId());
    assertThat(export.get("user").get("unionid").asText())
        .isEqualTo(stage.simulator.unionid(Stage.APP, person).orElseThrow());
    assertThat(export.get("profile").findValuesAsText("value")).containsExactly("Ann", "Shenzhen");
    assertThat(export.get("profile").get(0).get("source").asText()).isEqualTo("user");
    assertThat(export.get("identities").findValuesAsText("openid"))
        .containsExactly(
            stage.simulator.openid(Stage.APP, person),
            stage.simulator.openid(Stage.SISTER_APP, person));
    assertThat(export.get("sessions").findValuesAsText("appId"))
        .containsExactlyInAnyOrder(Stage.APP, Stage.SISTER_APP);
    assertThat(export.get("events").findValuesAsText("kind")).contains("account-exported");
    assertThat(export.toString()).doesNotContain(token);
  }
}
