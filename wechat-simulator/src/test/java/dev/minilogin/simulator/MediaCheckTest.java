package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.PushReceiver.Push;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.Suggest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** media_check_async, the download behind it and the push that follows. */
class MediaCheckTest extends ServerApiFixture {

  private PushReceiver server;

  @BeforeEach
  void registerServer() throws IOException {
    server =
        new PushReceiver(
            request ->
                switch (request.target().replaceFirst("\\?.*", "")) {
                  case "/push" -> new PushReceiver.Reply(200, "success");
                  case "/picture" -> new PushReceiver.Reply(200, "picture");
                  case "/huge" -> new PushReceiver.Reply(200, "x".repeat(10 * 1024 * 1024 + 1));
                  case "/empty" -> new PushReceiver.Reply(200, "");
                  default -> new PushReceiver.Reply(404, "not here");
                });
    wechat.addApp(
        App.of(APP, SECRET)
            .withPush(
                new PushTarget(
                    server.uri("/push"),
                    "AAAAA",
                    Optional.empty(),
                    PushMode.PLAIN,
                    PushFormat.JSON,
                    "gh_97417a04a28d")));
    wechat.settings(wechat.settings().withMediaCheckDelay(Duration.ZERO));
    wechat.visit(APP, "alice");
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void a_file_is_downloaded_and_its_verdict_pushed_with_the_trace_id_of_the_answer() {
    HttpResponse<String> answer = check(file("/picture"));

    assertThat(answer.body())
        .matches("\\{\"errcode\":0,\"errmsg\":\"ok\",\"trace_id\":\"" + RID + "\"}");
    JsonNode push = push();
    assertThat(push.path("Event").asText()).isEqualTo("wxa_media_check");
    assertThat(push.path("appid").asText()).isEqualTo(APP);
    assertThat(push.path("trace_id")).isEqualTo(json(answer).path("trace_id"));
    assertThat(push.path("version").asInt()).isEqualTo(2);
    assertThat(push.path("errcode").asInt(-9)).isZero();
    assertThat(push.path("result").path("suggest").asText()).isEqualTo("pass");
    assertThat(push.path("result").path("label").asInt()).isEqualTo(100);
    assertThat(targets("GET")).containsExactly("/picture?x=1");
    assertThat(wechat.wireAfter(0))
        .anySatisfy(
            entry -> {
              assertThat(entry.path()).isEqualTo("/picture?x=1");
              assertThat(entry.status()).isEqualTo(200);
              assertThat(entry.note()).contains("media check: 7 bytes");
              assertThat(entry.responseBody()).isEmpty();
            });
  }

  @Test
  void verdicts_are_arranged_one_by_one() {
    wechat.settings(wechat.settings().withPushBeforeAnswer(true));
    wechat.nextMediaVerdict(APP, Suggest.RISKY);
    wechat.nextMediaVerdict(APP, Suggest.REVIEW);
    wechat.nextMediaVerdict(OTHER_APP, Suggest.RISKY);

    for (int i = 0; i < 3; i++) {
      assertThat(errcode(check(file("/picture")))).isZero();
    }

    assertThat(pushes())
        .map(push -> push.path("result").path("suggest").asText())
        .containsExactly("risky", "review", "pass");
    assertThat(pushes())
        .map(push -> push.path("result").path("label").asInt())
        .containsExactly(20001, 21000, 100);
  }

  @Test
  void the_push_can_come_before_the_answer() {
    wechat.settings(
        wechat.settings().withPushBeforeAnswer(true).withMediaCheckDelay(Duration.ofDays(1)));

    JsonNode answer = json(check(file("/picture")));

    assertThat(pushes())
        .singleElement()
        .extracting(p -> p.path("trace_id"))
        .isEqualTo(answer.path("trace_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/missing", "/huge", "/empty"})
  void a_file_that_cannot_be_had_is_reported_as_such(String path) {
    wechat.nextMediaVerdict(APP, Suggest.RISKY);

    assertThat(errcode(check(file(path)))).isZero();

    assertThat(push().path("errcode").asInt()).isEqualTo(-1008);
    assertThat(push().path("detail")).isEmpty();
    assertThat(targets("GET")).containsExactly(path + "?x=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:1/closed", "ftp://127.0.0.1/a", "::junk::", "/relative"})
  void so_is_a_url_that_leads_nowhere(String url) {
    assertThat(errcode(check(url))).isZero();

    assertThat(push().path("errcode").asInt()).isEqualTo(-1008);
  }

  @Test
  void a_reset_forgets_what_is_under_way() {
    wechat.settings(wechat.settings().withMediaCheckDelay(Duration.ofDays(1)));
    check(file("/picture"));

    wechat.reset();
    wechat.settings(wechat.settings().withMediaCheckDelay(Duration.ZERO));
    wechat.visit(APP, "alice");
    token = newToken(APP, SECRET);
    JsonNode second = json(check(file("/picture")));

    assertThat(push().path("trace_id")).isEqualTo(second.path("trace_id"));
    assertThat(targets("GET")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 40004, invalid media type", "3, 40004, invalid media type"})
  void there_is_audio_and_there_are_pictures(int type, int errcode, String message) {
    assertRefused(
        post(Api.MEDIA_CHECK_ASYNC, body("http://a/b").replace("_type\":2", "_type\":" + type)),
        errcode,
        message);
    assertThat(
            errcode(
                post(Api.MEDIA_CHECK_ASYNC, body("http://a/b").replace("_type\":2", "_type\":1"))))
        .isZero();
  }

  @Test
  void scene_and_user_are_checked_as_for_texts() {
    String body = body("http://a/b");
    String openid = wechat.openid(APP, "alice");
    wechat.visit(OTHER_APP, "alice");

    assertThat(errcode(post(Api.MEDIA_CHECK_ASYNC, body.replace("scene\":1", "scene\":5"))))
        .isEqualTo(40129);
    assertThat(errcode(post(Api.MEDIA_CHECK_ASYNC, body.replace(openid, "o-nobody"))))
        .isEqualTo(40003);
    assertThat(
            errcode(
                post(
                    Api.MEDIA_CHECK_ASYNC,
                    body.replace(openid, wechat.openid(OTHER_APP, "alice")))))
        .isEqualTo(43104);
    wechat.forgetVisits("alice");
    assertThat(errcode(post(Api.MEDIA_CHECK_ASYNC, body))).isEqualTo(61010);
  }

  @Test
  void the_version_may_be_a_text_but_must_be_two() {
    String body = body("http://a/b");

    assertThat(errcode(post(Api.MEDIA_CHECK_ASYNC, body.replace("n\":2,", "n\":\"2\",")))).isZero();
    assertThat(errcode(post(Api.MEDIA_CHECK_ASYNC, body.replace("n\":2,", "n\":1,"))))
        .isEqualTo(47001);
  }

  @Test
  void verdicts_are_for_apps_that_exist() {
    assertThatThrownBy(() -> wechat.nextMediaVerdict("wxunknown", Suggest.RISKY))
        .isInstanceOf(NoSuchElementException.class);
  }

  private String file(String path) {
    return server.uri(path + "?x=1").toString();
  }

  private HttpResponse<String> check(String url) {
    return post(Api.MEDIA_CHECK_ASYNC, body(url));
  }

  private String body(String url) {
    return "{\"media_url\":\"%s\",\"media_type\":2,\"version\":2,\"scene\":1,\"openid\":\"%s\"}"
        .formatted(url, wechat.openid(APP, "alice"));
  }

  private JsonNode push() {
    await().until(() -> !pushes().isEmpty());
    return pushes().getFirst();
  }

  private List<JsonNode> pushes() {
    return server.pushes().stream()
        .filter(request -> request.method().equals("POST"))
        .map(Push::body)
        .map(Probe::json)
        .toList();
  }

  private List<String> targets(String method) {
    return server.pushes().stream()
        .filter(request -> request.method().equals(method))
        .map(Push::target)
        .toList();
  }
}
