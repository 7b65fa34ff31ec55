package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Login requests that can't be right: told so by name, and WeChat never hears of them. */
@ExtendWith(Stage.Given.class)
class BadLoginRequestsTest {
  private static final AtomicLong CODES = new AtomicLong();

  private final Stage stage;
  private long callsBefore;

  BadLoginRequestsTest(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void countCalls() {
    callsBefore = stage.simulator.calls(Api.JSCODE2SESSION);
  }

  @AfterEach
  void wechatWasNotAsked() {
    assertThat(stage.simulator.calls(Api.JSCODE2SESSION)).isEqualTo(callsBefore);
  }

  @Test
  void no_body() {
    stage
        .client
        .send(
            stage
                .client
                .to("/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody()))
        .isProblem(400, "invalid-request");
  }

  @Test
  void neither_body_nor_content_type() {
    Answer answer =
        stage.client.send(
            stage.client.to("/v1/sessions").POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.status()).isIn(400, 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"text\"", "1", "true"})
  void a_body_that_is_no_object(String body) {
    stage.client.postLogin(body).isProblem(400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"appId\":",
        "{\"appId\":\"wx\"",
        "{'appId':'wx'}",
        "{appId:1}",
        "{\"appId\":\"wx\",}",
        "not json",
        "{\"appId\":\"a\nb\"}",
        "{\"appId\":01}",
        "\u0000",
        "<xml/>"
      })
  void broken_json(String body) {
    stage.client.postLogin(body).isProblem(400, "malformed-json");
  }

  @Test
  void an_unknown_app() {
    stage.client.logIn("wx9999999999999999", newCode()).isProblem(400, "unknown-app");
  }

  @Test
  void an_app_in_other_case() {
    stage.client.logIn(Stage.APP.toUpperCase(Locale.ROOT), newCode()).isProblem(400, "unknown-app");
  }

  static Stream<String> badTexts() {
    return Stream.of(
        "",
        " ",
        "a&b=c",
        "a#b",
        "a b",
        "a/../b",
        "a%00b",
        "a\u0000b",
        "a\r\nX-Injected: 1",
        "a\u0007b",
        "a'b--",
        "é",
        "登录",
        "😀",
        "a".repeat(129));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void a_code_that_wechat_never_gives(String bad) {
    String code = bad.isBlank() ? bad : newCode() + bad;

    Answer answer = stage.client.logIn(Stage.APP, code).isProblem(400, "invalid-request");

    assertThat(answer.fieldsInError()).containsExactly("code");
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void an_app_id_that_wechat_never_gives(String bad) {
    Answer answer = stage.client.logIn(bad, newCode()).isProblem(400, "invalid-request");

    assertThat(answer.fieldsInError()).containsExactly("appId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"appId\":null,\"code\":null}", "{\"APPID\":\"a\",\"Code\":\"b\"}"})
  void what_is_missing_is_named_all_at_once(String body) {
    Answer answer = stage.client.postLogin(body).isProblem(400, "invalid-request");

    assertThat(answer.fieldsInError()).containsExactly("appId", "code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[\"a\",\"b\"]", "{\"a\":1}"})
  void an_app_id_or_code_of_a_wrong_type(String value) {
    String code = newCode();
    for (String body :
        List.of(
            "{\"appId\":" + value + ",\"code\":\"" + code + "\"}",
            "{\"appId\":\"" + Stage.APP + "\",\"code\":" + value + "}")) {
      stage.client.postLogin(body).isProblem(400, "invalid-request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "1.5", "99999999999999999999999999"})
  void an_app_id_that_is_no_text(String value) {
    Answer answer =
        stage.client.postLogin("{\"appId\":" + value + ",\"code\":\"" + newCode() + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("code")).isIn("invalid-request", "unknown-app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"client\":[]",
        "\"client\":\"x\"",
        "\"client\":{\"scene\":\"x\"}",
        "\"client\":{\"scene\":99999999999}",
        "\"client\":{\"scene\":{}}",
        "\"client\":{\"envVersion\":\"production\"}",
        "\"client\":{\"envVersion\":\"\"}",
        "\"client\":{\"model\":{}}",
        "\"client\":{\"model\":\"a\\u0000b\"}"
      })
  void a_client_that_says_impossible_things_of_itself(String client) {
    stage
        .client
        .postLogin(
            "{\"appId\":\"" + Stage.APP + "\",\"code\":\"" + newCode() + "\"," + client + "}")
        .isProblem(400, "invalid-request");
  }

  @Test
  void a_client_that_says_too_much_of_itself_is_told_where() {
    String body =
        """
        {"appId": "%s", "code": "%s",
         "client": {"installId": "%s", "version": "%s", "platform": "%s", "model": "%s"}}
        """
            .formatted(
                Stage.APP,
                newCode(),
                "x".repeat(65),
                "x".repeat(33),
                "x".repeat(33),
                "x".repeat(65));

    Answer answer = stage.client.postLogin(body).isProblem(400, "invalid-request");

    assertThat(answer.fieldsInError())
        .containsExactlyInAnyOrder(
            "client.installId", "client.version", "client.platform", "client.model");
  }

  @Test
  void deep_nesting() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String deepObject = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    for (String body :
        List.of(
            deep, deepObject, "{\"client\":" + deepObject + "}", "{\"unknown\":" + deep + "}")) {
      assertThat(stage.client.postLogin(body).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
  void numbers_that_would_be_gigantic(String number) {
    for (String body :
        List.of(
            "{\"client\":{\"scene\":" + number + "}}",
            "{\"unknown\":" + number + "}",
            "{\"appId\":" + number + "}")) {
      assertThat(stage.client.postLogin(body).status()).isEqualTo(400);
    }
  }

  @Test
  void a_number_of_many_digits() {
    String number = "1".repeat(50_000);

    assertThat(stage.client.postLogin("{\"client\":{\"scene\":" + number + "}}").status())
        .isEqualTo(400);
  }

  @Test
  void invalid_utf_8() {
    byte[] head = ("{\"appId\":\"" + Stage.APP + "\",\"code\":\"").getBytes(StandardCharsets.UTF_8);
    for (byte[] bad : List.of(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xc0, (byte) 0xaf})) {
      byte[] body = Arrays.copyOf(head, head.length + bad.length + 2);
      System.arraycopy(bad, 0, body, head.length, bad.length);
      body[body.length - 2] = '"';
      body[body.length - 1] = '}';
      Answer answer =
          stage.client.send(
              stage
                  .client
                  .to("/v1/sessions")
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void a_lone_surrogate() {
    Answer answer =
        stage.client.postLogin("{\"appId\":\"" + Stage.APP + "\",\"code\":\"a\\ud800\"}");

    assertThat(answer.isProblem(400, "invalid-request").fieldsInError()).containsExactly("code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/problem+json",
        "application/jsonp"
      })
  void another_content_type(String type) {
    Answer answer =
        stage.client.send(
            stage
                .client
                .to("/v1/sessions")
                .header("Content-Type", type)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Client.json("appId", Stage.APP, "code", newCode()))));

    answer.isProblem(415, "unsupported-media-type");
  }

  @Test
  void a_body_that_is_too_large() {
    Answer answer =
        stage.client.postLogin(
            Client.json("appId", Stage.APP, "code", newCode(), "x", "x".repeat(70_000)));

    answer.isProblem(413, "payload-too-large");
  }

  /** One that no other request has; never issued by WeChat. */
  private static String newCode() {
    return Secrets.note("0badBADbad" + System.nanoTime() + "_" + CODES.incrementAndGet());
  }
}
