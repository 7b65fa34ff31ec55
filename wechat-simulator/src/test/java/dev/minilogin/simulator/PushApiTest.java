package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.minilogin.simulator.PushReceiver.Push;
import dev.minilogin.simulator.PushReceiver.Reply;
import dev.minilogin.simulator.push.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PushApiTest extends SimulatorFixture {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "pushToken1";
  private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE";

  @Test
  void an_app_can_be_added_with_push_settings_whose_secrets_are_not_shown() {
    ObjectNode app =
        JSON.createObjectNode().put("appId", "wxnew").put("appSecret", "planted-secret");
    app.set("push", settings("http://127.0.0.1:1/p", "SECURE", "xml"));

    HttpResponse<String> added = probe.post("/simulator/apps", app.toString());

    assertThat(json(added).path("push"))
        .isEqualTo(
            json(
                """
                {"url":"http://127.0.0.1:1/p","mode":"secure","format":"xml",
                 "originalId":"gh_97417a04a28d"}
                """));
    assertThat(probe.get("/simulator/apps").body())
        .contains("http://127.0.0.1:1/p")
        .doesNotContain(TOKEN, KEY, "planted-secret");
  }

  @Test
  void push_settings_of_an_app_can_be_changed_and_taken_away() {
    ObjectNode plain =
        JSON.createObjectNode()
            .put("url", "https://elsewhere.example/push?a=1")
            .put("token", TOKEN)
            .put("mode", "plain")
            .put("format", "json");

    JsonNode changed = json(setPush(plain));

    assertThat(changed.path("openPlatform").asText()).isEqualTo("group");
    assertThat(changed.path("push").path("originalId").asText()).matches("gh_[0-9a-f]{8}");
    assertThat(changed.path("push").path("url").asText())
        .isEqualTo("https://elsewhere.example/push?a=1");
    assertThat(
            json(probe.post("/simulator/push-settings", "{\"appId\":\"" + APP + "\"}")).has("push"))
        .isFalse();
    assertThat(errcode(probe.get(tokenPath()))).isZero();
  }

  @Test
  void an_event_is_pushed_and_the_delivery_is_told() throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      setPush(settings(server.uri("/p").toString(), "compatible", "json"));

      HttpResponse<String> delivery =
          push(
              "\"event\":\"user_authorization_revoke\",\"user\":\"alice\",\"revokeInfo\":\"8\","
                  + "\"fields\":{\"PluginID\":\"wx9\",\"AppID\":null,\"n\":[1,{\"a\":2}]},"
                  + "\"createTime\":1714037059");

      assertThat(delivery.body())
          .isEqualTo(
              "{\"attempts\":1,\"accepted\":true,"
                  + "\"answers\":[{\"status\":200,\"body\":\"success\"}]}");
      JsonNode message =
          json(
              Opened.of(KEY, json(server.pushes().getFirst().body()).path("Encrypt").asText())
                  .message());
      assertThat(message.toString())
          .isEqualTo(
              """
              {"ToUserName":"gh_97417a04a28d","FromUserName":"%s","CreateTime":1714037059,\
              "MsgType":"event","Event":"user_authorization_revoke","OpenID":"%s",\
              "RevokeInfo":"8","PluginID":"wx9","n":[1,{"a":2}]}\
              """
                  .formatted(wechat.platformAccount(APP), wechat.openid(APP, "alice")));
    }
  }

  @Test
  void a_delivery_that_failed_tells_every_answer_with_its_secrets_masked() throws IOException {
    wechat.settings(wechat.settings().withPushRetryPause(Duration.ZERO));
    try (PushReceiver server = PushReceiver.answering(500, "{\"token\":\"planted-planted\"}")) {
      setPush(settings(server.uri("/p").toString(), "plain", "xml"));

      HttpResponse<String> delivery = push("\"event\":\"user_info_modified\",\"user\":\"alice\"");

      assertThat(delivery.body()).doesNotContain("planted-");
      assertThat(json(delivery).path("accepted").asBoolean()).isFalse();
      assertThat(json(delivery).path("attempts").asInt()).isEqualTo(4);
      assertThat(json(delivery).path("answers"))
          .hasSize(4)
          .allSatisfy(answer -> assertThat(answer.path("status").asInt()).isEqualTo(500));
    }
  }

  @Test
  void the_push_url_is_checked() throws IOException {
    try (PushReceiver server =
        new PushReceiver(push -> new Reply(200, push.query().get("echostr")))) {
      setPush(settings(server.uri("/p").toString(), "plain", "json"));

      assertThat(probe.post("/simulator/push-checks", "{\"appId\":\"" + APP + "\"}").body())
          .isEqualTo("{\"accepted\":true}");
    }
  }

  @Test
  void an_envelope_is_handed_out_and_not_sent() {
    setPush(settings("http://127.0.0.1:1/p?a=1", "secure", "json"));

    JsonNode envelope =
        json(
            probe.post(
                "/simulator/envelopes",
                "{\"appId\":\"" + APP + "\",\"event\":\"demo\",\"timestamp\":1714037059}"));

    assertThat(envelope.path("url").asText())
        .startsWith("http://127.0.0.1:1/p?a=1&signature=")
        .contains("&timestamp=1714037059&", "&msg_signature=");
    assertThat(envelope.path("contentType").asText()).isEqualTo("application/json");
    String encrypt = json(envelope.path("body").asText()).path("Encrypt").asText();
    assertThat(json(Opened.of(KEY, encrypt).message()).path("CreateTime").asLong())
        .isEqualTo(1714037059);
    assertThat(wechat.wireAfter(0)).isEmpty();
  }

  @Test
  void the_verdict_on_a_picture_is_pushed_after_the_answer() throws IOException {
    probe.post("/simulator/settings", "{\"mediaCheckDelayMillis\":0}");
    probe.post("/simulator/media-verdicts", "{\"appId\":\"" + APP + "\",\"suggest\":\"risky\"}");
    try (PushReceiver server = PushReceiver.answering(200, "success");
        Pictures pictures = new Pictures()) {
      setPush(settings(server.uri("/p").toString(), "plain", "json"));

      JsonNode accepted = checkMedia(pictures.url());

      assertThat(accepted.path("errcode").asInt()).isZero();
      await().until(() -> !server.pushes().isEmpty());
      JsonNode push = json(server.pushes().getFirst().body());
      assertThat(push.toString())
          .isEqualTo(
              """
              {"ToUserName":"gh_97417a04a28d","FromUserName":"%s","CreateTime":%d,\
              "MsgType":"event","Event":"wxa_media_check","appid":"%s","trace_id":"%s",\
              "version":2,"detail":[{"strategy":"content_model","errcode":0,"suggest":"risky",\
              "label":20001,"prob":90}],"errcode":0,"errmsg":"ok",\
              "result":{"suggest":"risky","label":20001}}\
              """
                  .formatted(
                      wechat.openid(APP, "alice"),
                      START.getEpochSecond(),
                      APP,
                      accepted.path("trace_id").asText()));
    }
  }

  @Test
  void the_verdict_can_come_before_the_answer() throws IOException {
    probe.post(
        "/simulator/settings", "{\"pushBeforeAnswer\":true,\"mediaCheckDelayMillis\":60000}");
    AtomicBoolean answered = new AtomicBoolean();
    AtomicBoolean tooLate = new AtomicBoolean();
    try (PushReceiver server =
            new PushReceiver(
                push -> {
                  tooLate.set(answered.get());
                  return new Reply(200, "success");
                });
        Pictures pictures = new Pictures()) {
      setPush(settings(server.uri("/p").toString(), "secure", "xml"));

      JsonNode accepted = checkMedia(pictures.url());
      answered.set(true);

      assertThat(server.pushes()).hasSize(1);
      assertThat(tooLate).isFalse();
      String message = Opened.of(KEY, encryptOfXml(server.pushes().getFirst())).message();
      assertThat(message)
          .contains("<trace_id><![CDATA[" + accepted.path("trace_id").asText() + "]]></trace_id>")
          .contains(
              "<detail><strategy><![CDATA[content_model]]></strategy><errcode>0</errcode>"
                  + "<suggest><![CDATA[pass]]></suggest><label>100</label><prob>90</prob></detail>")
          .contains("<result><suggest><![CDATA[pass]]></suggest><label>100</label></result>");
    }
  }

  @Test
  void a_picture_that_cannot_be_loaded_is_told_by_a_push() throws IOException {
    probe.post("/simulator/settings", "{\"pushBeforeAnswer\":true}");
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      setPush(settings(server.uri("/p").toString(), "plain", "json"));

      checkMedia("http://127.0.0.1:1/nothing.png");

      JsonNode push = json(server.pushes().getFirst().body());
      assertThat(push.path("errcode").asInt()).isEqualTo(-1008);
      assertThat(push.path("detail").isArray()).isTrue();
      assertThat(push.path("detail")).isEmpty();
      assertThat(push.has("result")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pushes | {\"event\":\"e\"} | 400 | appId is missing",
        "pushes | {\"appId\":\"wx1111aaaa2222bbbb\"} | 400 | event must not be blank",
        "pushes | {\"appId\":\"wx1111aaaa2222bbbb\",\"event\":\"e\"} | 404 | no push settings",
        "pushes | {\"appId\":\"wxunknown\",\"event\":\"e\"} | 404 | no such app",
        "envelopes | {\"appId\":\"wxunknown\",\"event\":\"e\"} | 404 | no such app",
        "push-checks | {\"appId\":\"wx1111aaaa2222bbbb\"} | 404 | no push settings",
        "push-checks | {} | 400 | appId is missing",
        "push-settings | {\"appId\":\"wxunknown\"} | 404 | no such app",
        "push-settings | {\"appId\":\"wx1111aaaa2222bbbb\",\"push\":{}} | 400 | url is missing",
      })
  void mistakes_are_told(String path, String body, int status, String message) {
    HttpResponse<String> answer = probe.post("/simulator/" + path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("error").asText()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "mode, sealed, mode must be one of",
    "format, yaml, format must be one of",
    "url, ftp://127.0.0.1/, url must be",
    "url, a b, url must be a URL",
    "token, '', token must",
    "encodingAesKey, short, encodingAesKey must",
    "originalId, me, originalId must",
  })
  void push_settings_are_checked_without_repeating_them(
      String field, String value, String message) {
    HttpResponse<String> answer =
        setPush(settings("http://127.0.0.1:1/p", "secure", "json").put(field, value));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains(message).doesNotContain(TOKEN, KEY);
    assertThat(wechat.apps().getFirst().push()).isEmpty();
  }

  private HttpResponse<String> setPush(ObjectNode settings) {
    ObjectNode body = JSON.createObjectNode().put("appId", APP);
    body.set("push", settings);
    return probe.post("/simulator/push-settings", body.toString());
  }

  private HttpResponse<String> push(String fields) {
    return probe.post("/simulator/pushes", "{\"appId\":\"" + APP + "\"," + fields + "}");
  }

  private JsonNode checkMedia(String url) {
    wechat.visit(APP, "alice");
    String token = json(probe.get(tokenPath())).path("access_token").asText();
    return json(
        probe.post(
            "/wxa/media_check_async?access_token=" + token,
            JSON.createObjectNode()
                .put("media_url", url)
                .put("media_type", 2)
                .put("version", 2)
                .put("scene", 1)
                .put("openid", wechat.openid(APP, "alice"))
                .toString()));
  }

  private static String encryptOfXml(Push push) {
    return push.body().replaceFirst(".*<Encrypt><!\\[CDATA\\[(.+)]]></Encrypt>.*", "$1");
  }

  private static ObjectNode settings(String url, String mode, String format) {
    return JSON.createObjectNode()
        .put("url", url)
        .put("token", TOKEN)
        .put("encodingAesKey", KEY)
        .put("mode", mode)
        .put("format", format)
        .put("originalId", "gh_97417a04a28d");
  }

  private static String tokenPath() {
    return "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET;
  }

  /** A host of one picture. */
  private static final class Pictures implements AutoCloseable {

    private final HttpServer server;

    Pictures() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/a.png",
          exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(new byte[] {1, 2, 3});
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/a.png";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
