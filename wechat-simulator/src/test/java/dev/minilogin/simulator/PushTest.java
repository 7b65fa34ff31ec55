package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.PushReceiver.Push;
import dev.minilogin.simulator.PushReceiver.Reply;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.push.Opened;
import dev.minilogin.simulator.push.PushDelivery;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import dev.minilogin.simulator.wire.WireEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class PushTest extends SimulatorFixture {

  private static final String TOKEN = "pushToken1";
  private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE";
  private static final String ACCOUNT = "gh_97417a04a28d";

  @BeforeEach
  void do_not_wait_between_tries() {
    wechat.settings(wechat.settings().withPushRetryPause(Duration.ZERO));
  }

  @Test
  void an_event_about_somebodys_data_names_them_in_openid_only() throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);

      PushDelivery delivery = wechat.push(APP, PushEvent.userAuthorizationRevoke("alice", "6"));
      wechat.push(APP, PushEvent.userAuthorizationCancellation("bob"));
      wechat.push(APP, PushEvent.userInfoModified("alice"));

      assertThat(delivery.accepted()).isTrue();
      assertThat(delivery.attempts()).isEqualTo(1);
      assertThat(server.pushes()).extracting(Push::method).containsOnly("POST");
      assertThat(server.pushes()).extracting(Push::type).containsOnly("application/json");
      assertThat(server.pushes().get(0).body())
          .isEqualTo(
              """
              {"ToUserName":"%s","FromUserName":"%s","CreateTime":%d,"MsgType":"event",\
              "Event":"user_authorization_revoke","OpenID":"%s","AppID":"%s","RevokeInfo":"6"}\
              """
                  .formatted(
                      ACCOUNT,
                      wechat.platformAccount(APP),
                      START.getEpochSecond(),
                      wechat.openid(APP, "alice"),
                      APP));
      JsonNode cancellation = json(server.pushes().get(1).body());
      assertThat(cancellation.path("Event").asText()).isEqualTo("user_authorization_cancellation");
      assertThat(cancellation.path("OpenID").asText()).isEqualTo(wechat.openid(APP, "bob"));
      assertThat(cancellation.path("FromUserName").asText())
          .isEqualTo(wechat.platformAccount(APP))
          .matches("o[A-Za-z0-9_-]{27}");
      assertThat(cancellation.has("RevokeInfo")).isFalse();
      JsonNode modified = json(server.pushes().get(2).body());
      assertThat(modified.path("Event").asText()).isEqualTo("user_info_modified");
      assertThat(modified.path("OpenID").asText()).isEqualTo(wechat.openid(APP, "alice"));
    }
  }

  @Test
  void any_event_can_be_pushed_with_any_fields() throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "")) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);

      wechat.push(
          APP,
          PushEvent.of("debug_demo")
              .withUser("alice")
              .at(Instant.ofEpochSecond(1714037059))
              .with("debug_str", "hello world")
              .with("MsgId", 7)
              .with("list", List.of(Map.of("a", 1))));
      wechat.push(
          APP, PushEvent.userInfoModified("alice").with("OpenID", null).with("FromUserName", "oX"));

      assertThat(server.pushes().get(0).body())
          .isEqualTo(
              """
              {"ToUserName":"%s","FromUserName":"%s","CreateTime":1714037059,"MsgType":"event",\
              "Event":"debug_demo","debug_str":"hello world","MsgId":7,"list":[{"a":1}]}\
              """
                  .formatted(ACCOUNT, wechat.openid(APP, "alice")));
      assertThat(server.pushes().get(0).query())
          .containsEntry("openid", wechat.openid(APP, "alice"));
      JsonNode bare = json(server.pushes().get(1).body());
      assertThat(bare.has("OpenID")).isFalse();
      assertThat(bare.path("FromUserName").asText()).isEqualTo("oX");
    }
  }

  @ParameterizedTest
  @EnumSource(PushFormat.class)
  void a_plain_push_carries_the_message_and_a_signature_of_the_url(PushFormat format)
      throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      connect(server, PushMode.PLAIN, format);

      wechat.push(APP, PushEvent.userAuthorizationRevoke("alice", "8"));

      Push push = server.pushes().getFirst();
      assertThat(push.target()).startsWith("/push/here?kept=1&signature=");
      assertThat(push.query())
          .containsOnlyKeys("kept", "signature", "timestamp", "nonce", "openid")
          .containsEntry("timestamp", Long.toString(START.getEpochSecond()))
          .containsEntry("openid", wechat.platformAccount(APP));
      assertThat(push.query().get("signature"))
          .isEqualTo(sha1(TOKEN, push.query().get("timestamp"), push.query().get("nonce")));
      assertThat(push.body()).contains(wechat.openid(APP, "alice")).doesNotContain("Encrypt");
    }
  }

  @ParameterizedTest
  @EnumSource(PushFormat.class)
  void a_secure_push_carries_nothing_but_the_sealed_message(PushFormat format) throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      connect(server, PushMode.SECURE, format);

      wechat.push(APP, PushEvent.userAuthorizationRevoke("alice", "8"));

      Push push = server.pushes().getFirst();
      assertThat(push.query()).containsEntry("encrypt_type", "aes");
      String encrypt = encrypt(push.body(), format);
      assertThat(push.query().get("msg_signature"))
          .isEqualTo(
              sha1(TOKEN, push.query().get("timestamp"), push.query().get("nonce"), encrypt));
      assertThat(push.body())
          .contains(ACCOUNT)
          .doesNotContain(wechat.openid(APP, "alice"), "RevokeInfo", "DOCTYPE");
      Opened opened = Opened.of(KEY, encrypt);
      assertThat(opened.appId()).isEqualTo(APP);
      assertThat(opened.message())
          .contains(wechat.openid(APP, "alice"))
          .startsWith(format == PushFormat.XML ? "<xml><ToUserName><![CDATA[" : "{\"ToUserName\":");
    }
  }

  @ParameterizedTest
  @EnumSource(PushFormat.class)
  void a_compatible_push_carries_both(PushFormat format) throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      connect(server, PushMode.COMPATIBLE, format);

      wechat.push(APP, PushEvent.userAuthorizationRevoke("alice", "8"));

      Push push = server.pushes().getFirst();
      assertThat(push.query()).containsKeys("signature", "msg_signature", "encrypt_type");
      assertThat(push.body()).contains("user_authorization_revoke");
      String sealed = Opened.of(KEY, encrypt(push.body(), format)).message();
      String end = format == PushFormat.XML ? "</xml>" : "}";
      assertThat(push.body())
          .startsWith(sealed.substring(0, sealed.length() - end.length()))
          .endsWith(end);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | success | true",
        "200 | '' | true",
        "200 | SUCCESS | false",
        "200 | 'success ' | false",
        "200 | {\"Encrypt\":\"x\"} | false",
        "201 | success | false",
        "204 | '' | false",
        "302 | success | false",
        "403 | success | false",
        "500 | success | false",
      })
  void only_success_or_nothing_is_the_right_answer(int status, String body, boolean accepted)
      throws IOException {
    try (PushReceiver server = PushReceiver.answering(status, body)) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);

      PushDelivery delivery = wechat.push(APP, PushEvent.userInfoModified("alice"));

      assertThat(delivery.accepted()).isEqualTo(accepted);
      assertThat(delivery.attempts()).isEqualTo(accepted ? 1 : 4);
      assertThat(delivery.answers())
          .hasSize(delivery.attempts())
          .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(status))
          .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(body));
      assertThat(server.pushes()).hasSize(delivery.attempts());
    }
  }

  @Test
  void a_retry_carries_the_same_message_under_a_new_signature() throws IOException {
    AtomicInteger count = new AtomicInteger();
    try (PushReceiver server =
        new PushReceiver(
            push -> {
              wechat.advance(Duration.ofSeconds(5));
              return count.incrementAndGet() == 3 ? new Reply(200, "success") : new Reply(500, "");
            })) {
      connect(server, PushMode.SECURE, PushFormat.JSON);

      PushDelivery delivery = wechat.push(APP, PushEvent.userInfoModified("alice"));

      assertThat(delivery.accepted()).isTrue();
      assertThat(delivery.answers()).extracting("status").containsExactly(500, 500, 200);
      assertThat(server.pushes())
          .extracting(push -> Opened.of(KEY, encrypt(push.body(), PushFormat.JSON)).message())
          .hasSize(3)
          .containsOnly(
              Opened.of(KEY, encrypt(server.pushes().getFirst().body(), PushFormat.JSON))
                  .message());
      assertThat(server.pushes()).extracting(Push::body).doesNotHaveDuplicates();
      assertThat(server.pushes())
          .extracting(push -> push.query().get("nonce"))
          .doesNotHaveDuplicates();
      assertThat(server.pushes())
          .extracting(push -> push.query().get("timestamp"))
          .containsExactly(
              Long.toString(START.getEpochSecond()),
              Long.toString(START.getEpochSecond() + 5),
              Long.toString(START.getEpochSecond() + 10));
    }
  }

  @Test
  void a_server_that_is_too_slow_is_tried_four_times() throws IOException {
    wechat.settings(wechat.settings().withPushTimeout(Duration.ofMillis(50)));
    try (PushReceiver server = PushReceiver.answering(0, "")) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);

      PushDelivery delivery = wechat.push(APP, PushEvent.userInfoModified("alice"));

      assertThat(delivery.accepted()).isFalse();
      assertThat(delivery.attempts()).isEqualTo(4);
      assertThat(delivery.answers())
          .allSatisfy(answer -> assertThat(answer.status()).isZero())
          .allSatisfy(answer -> assertThat(answer.failure()).contains("no answer in time"));
      assertThat(wechat.wireAfter(0))
          .extracting(entry -> entry.note().orElseThrow())
          .containsExactly(
              "push: no answer in time",
              "push, retry 1: no answer in time",
              "push, retry 2: no answer in time",
              "push, retry 3: no answer in time");
    }
  }

  @Test
  void nobody_listening_is_tried_again_too() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    connect(nobody, PushMode.PLAIN, PushFormat.JSON);

    PushDelivery delivery = wechat.push(APP, PushEvent.userInfoModified("alice"));

    assertThat(delivery.attempts()).isEqualTo(4);
    assertThat(delivery.answers())
        .allSatisfy(answer -> assertThat(answer.failure()).contains("no connection"));
    assertThat(wechat.checkPushUrl(APP)).isFalse();
  }

  @Test
  void the_push_url_is_checked_by_an_echo() throws IOException {
    try (PushReceiver server =
        new PushReceiver(push -> new Reply(200, push.query().get("echostr")))) {
      connect(server, PushMode.SECURE, PushFormat.XML);

      assertThat(wechat.checkPushUrl(APP)).isTrue();

      Push check = server.pushes().getFirst();
      assertThat(server.pushes()).hasSize(1);
      assertThat(check.method()).isEqualTo("GET");
      assertThat(check.query())
          .containsOnlyKeys("kept", "signature", "timestamp", "nonce", "echostr");
      assertThat(check.query().get("echostr")).matches("\\d{10,}");
      assertThat(check.query().get("signature"))
          .isEqualTo(sha1(TOKEN, check.query().get("timestamp"), check.query().get("nonce")));
    }
  }

  @ParameterizedTest
  @CsvSource({"200, success", "200, ''", "403, ''"})
  void a_server_that_does_not_echo_fails_the_check(int status, String body) throws IOException {
    try (PushReceiver server = PushReceiver.answering(status, body)) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);

      assertThat(wechat.checkPushUrl(APP)).isFalse();
      assertThat(server.pushes()).hasSize(1);
    }
  }

  @Test
  void an_envelope_is_not_sent_and_can_be_of_any_time() throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      connect(server, PushMode.SECURE, PushFormat.JSON);
      PushEvent event = PushEvent.userAuthorizationRevoke("alice", "6");

      PushEnvelope now = wechat.envelope(APP, event);
      PushEnvelope late = wechat.envelope(APP, event.at(START), START.minusSeconds(600));

      assertThat(server.pushes()).isEmpty();
      assertThat(wechat.wireAfter(0)).isEmpty();
      assertThat(now.query()).contains("timestamp=" + START.getEpochSecond());
      assertThat(late.query()).contains("timestamp=" + (START.getEpochSecond() - 600));
      assertThat(message(now)).isEqualTo(message(late));
      assertThat(message(wechat.envelope(APP, event, START.plusSeconds(1))))
          .contains("\"CreateTime\":" + (START.getEpochSecond() + 1));
      assertThat(late.uri(server.uri("/p")).toString())
          .isEqualTo(server.uri("/p") + "?" + late.query());
    }
  }

  @Test
  void an_app_without_push_settings_gets_no_pushes() {
    PushEvent event = PushEvent.userInfoModified("alice");

    assertThatThrownBy(() -> wechat.push(OTHER_APP, event))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("this app has no push settings");
    assertThatThrownBy(() -> wechat.envelope("wxunknown", event))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no such app");
    assertThatThrownBy(() -> wechat.checkPushUrl(OTHER_APP))
        .isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @EnumSource(PushMode.class)
  void the_wire_log_shows_pushes_without_what_is_secret_in_them(PushMode mode) throws IOException {
    try (PushReceiver server = PushReceiver.answering(200, "success")) {
      for (PushFormat format : PushFormat.values()) {
        connect(server, mode, format);
        wechat.push(APP, PushEvent.userAuthorizationRevoke("alice", "6"));
      }

      assertThat(wechat.wireAfter(0))
          .hasSize(2)
          .allSatisfy(entry -> assertThat(entry.from()).isEqualTo("wechat"))
          .allSatisfy(entry -> assertThat(entry.to()).isEqualTo("server"))
          .allSatisfy(entry -> assertThat(entry.method()).isEqualTo("POST"))
          .allSatisfy(entry -> assertThat(entry.path()).startsWith("/push/here?kept=1&signature="))
          .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(200))
          .allSatisfy(entry -> assertThat(entry.responseBody()).contains("success"));
      String log = wechat.wireAfter(0).toString();
      for (Push push : server.pushes()) {
        assertThat(log)
            .doesNotContain(wechat.openid(APP, "alice"), wechat.platformAccount(APP), TOKEN, KEY);
        if (mode != PushMode.PLAIN) {
          assertThat(log).doesNotContain(push.query().get("msg_signature"));
        }
      }
      if (mode != PushMode.PLAIN) {
        assertThat(server.pushes())
            .allSatisfy(
                push ->
                    assertThat(log)
                        .doesNotContain(
                            encrypt(
                                push.body(),
                                push.type().endsWith("xml") ? PushFormat.XML : PushFormat.JSON)));
      }
      assertThat(wechat.apps().toString()).doesNotContain(TOKEN, KEY, SECRET);
    }
  }

  @Test
  void the_end_of_the_simulator_is_the_end_of_a_push() throws Exception {
    wechat.settings(wechat.settings().withPushTimeout(Duration.ofMinutes(5)));
    try (PushReceiver server = PushReceiver.answering(0, "")) {
      connect(server, PushMode.PLAIN, PushFormat.JSON);
      Thread pushing =
          Thread.ofVirtual().start(() -> wechat.push(APP, PushEvent.userInfoModified("alice")));
      await().until(() -> !server.pushes().isEmpty());

      wechat.close();

      assertThat(pushing.join(Duration.ofSeconds(10))).isTrue();
      assertThat(wechat.wireAfter(0)).extracting(WireEntry::status).containsOnly(0);
    }
  }

  private void connect(PushReceiver server, PushMode mode, PushFormat format) {
    connect(server.uri("/push/here?kept=1"), mode, format);
  }

  private void connect(URI url, PushMode mode, PushFormat format) {
    wechat.addApp(
        App.of(APP, SECRET, "group")
            .withPush(new PushTarget(url, TOKEN, Optional.of(KEY), mode, format, ACCOUNT)));
  }

  private static String message(PushEnvelope envelope) {
    return Opened.of(KEY, encrypt(envelope.body(), PushFormat.JSON)).message();
  }

  private static String encrypt(String body, PushFormat format) {
    return format == PushFormat.JSON
        ? json(body).path("Encrypt").asText()
        : body.replaceFirst("(?s).*<Encrypt><!\\[CDATA\\[(.+)]]></Encrypt>.*", "$1");
  }

  private static String sha1(String... parts) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1")
                  .digest(
                      Stream.of(parts)
                          .sorted()
                          .collect(Collectors.joining())
                          .getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
