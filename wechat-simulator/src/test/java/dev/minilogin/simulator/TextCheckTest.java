package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest extends ServerApiFixture {

  @BeforeEach
  void visit() {
    wechat.visit(APP, "alice");
  }

  @Test
  void harmless_text_passes() {
    assertThat(check("hello").body())
        .matches(
            "\\{\"errcode\":0,\"errmsg\":\"ok\",\"result\":\\{\"suggest\":\"pass\",\"label\":100},"
                + "\"detail\":\\[\\{\"strategy\":\"content_model\",\"errcode\":0,"
                + "\"suggest\":\"pass\",\"label\":100,\"prob\":90}],\"trace_id\":\""
                + RID
                + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "so risky!, risky, 20001, risky",
    "这是违规内容, risky, 20001, 违规",
    "please review, review, 21000, review",
    "疑似广告, review, 21000, 疑似",
    "review the risky, risky, 20001, risky",
  })
  void markers_make_text_risky_or_doubtful(
      String content, String suggest, int label, String keyword) {
    JsonNode answer = json(check(content));

    assertThat(answer.path("errcode").asInt(-9)).isZero();
    assertThat(answer.path("result").path("suggest").asText()).isEqualTo(suggest);
    assertThat(answer.path("result").path("label").asInt()).isEqualTo(label);
    JsonNode second = answer.path("detail").path(1);
    assertThat(second.path("strategy").asText()).isEqualTo("keyword");
    assertThat(second.path("suggest").asText()).isEqualTo(suggest);
    assertThat(second.path("keyword").asText()).isEqualTo(keyword);
    assertThat(answer.path("detail").path(0).path("label").asInt()).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "nickname", "signature"})
  void the_other_texts_count_too(String field) {
    String body = body("hello", "1", "2").replaceFirst("}$", ",\"" + field + "\":\"risky\"}");

    assertThat(json(post(Api.MSG_SEC_CHECK, body)).path("result").path("suggest").asText())
        .isEqualTo("risky");
  }

  @Test
  void the_version_may_be_a_text() {
    JsonNode answer = json(post(Api.MSG_SEC_CHECK, body("risky", "1", "\"2\"")));

    assertThat(answer.path("result").path("suggest").asText()).isEqualTo("risky");
  }

  @Test
  void version_one_says_only_yes_or_no() {
    assertThat(post(Api.MSG_SEC_CHECK, "{\"content\":\"review\"}").body())
        .isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    assertRefused(post(Api.MSG_SEC_CHECK, "{\"content\":\"risky\"}"), 87014, "risky content");
    assertThat(errcode(post(Api.MSG_SEC_CHECK, body("risky", "1", "1")))).isEqualTo(87014);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "-1"})
  void there_are_four_scenes(String scene) {
    assertRefused(post(Api.MSG_SEC_CHECK, body("hello", scene, "2")), 40129, "invalid scene");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4"})
  void each_scene_is_served(String scene) {
    assertThat(errcode(post(Api.MSG_SEC_CHECK, body("hello", scene, "2")))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"a\",\"version\":2,\"scene\":1}",
        "{\"content\":\"a\",\"version\":2,\"openid\":\"o\"}",
        "{\"content\":\"a\",\"version\":2,\"scene\":\"1\",\"openid\":\"o\"}",
        "{\"content\":7,\"version\":2,\"scene\":1,\"openid\":\"o\"}",
        "{\"content\":\"a\",\"version\":2.5,\"scene\":1,\"openid\":\"o\"}",
        "{\"version\":2,\"scene\":1,\"openid\":\"o\"}",
        "{\"content\":\"\",\"version\":2,\"scene\":1,\"openid\":\"o\"}",
      })
  void fields_must_be_there_and_of_their_type(String body) {
    assertThat(errcode(post(Api.MSG_SEC_CHECK, body))).isEqualTo(47001);
  }

  @Test
  void a_text_has_2500_characters_at_most() {
    assertThat(errcode(check("微".repeat(2500)))).isZero();
    assertThat(errcode(check("😀".repeat(2500)))).isZero();
    assertThat(errcode(check("a".repeat(2501)))).isEqualTo(47001);
  }

  @Test
  void an_openid_must_be_somebodys_in_this_app() {
    wechat.visit(OTHER_APP, "alice");
    String here = wechat.openid(APP, "alice");
    String there = wechat.openid(OTHER_APP, "alice");

    assertRefused(
        post(Api.MSG_SEC_CHECK, body("a", "1", "2").replace(here, "o-nobody")),
        40003,
        "invalid openid");
    assertRefused(
        post(Api.MSG_SEC_CHECK, body("a", "1", "2").replace(here, there)),
        43104,
        "The openid does not match the appid");
  }

  @Test
  void a_user_must_have_been_there_within_two_hours() {
    wechat.advance(Duration.ofHours(2).minusSeconds(1));
    assertThat(errcode(check("a"))).isZero();
    wechat.advance(Duration.ofSeconds(1));
    token = newToken(APP, Probe.SECRET);

    assertRefused(check("a"), 61010, "code is expired");
    wechat.issueCode(APP, "alice");
    assertThat(errcode(check("a"))).isZero();
    wechat.forgetVisits("alice");
    assertThat(errcode(check("a"))).isEqualTo(61010);
    wechat.issuePhoneCode(APP, "alice");
    assertThat(errcode(check("a"))).isZero();
  }

  private HttpResponse<String> check(String content) {
    return post(Api.MSG_SEC_CHECK, body(content, "2", "2"));
  }

  private String body(String content, String scene, String version) {
    return "{\"content\":\"%s\",\"version\":%s,\"scene\":%s,\"openid\":\"%s\"}"
        .formatted(content, version, scene, wechat.openid(APP, "alice"));
  }
}
