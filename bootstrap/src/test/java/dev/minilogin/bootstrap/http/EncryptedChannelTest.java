package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.UserKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The encrypted channel between phone and server (小程序加密网络通道): POST /v1/me, unreadable between them.
 */
@ExtendWith(Studio.Given.class)
class EncryptedChannelTest {
  private static final int ATTEMPTS = 10;

  private final Studio studio;
  private final String person = WeChat.somebody();
  private final String token;

  EncryptedChannelTest(Studio studio) {
    this.studio = studio;
    this.token = studio.logIn(Studio.APP, person).token();
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
  }

  private UserKey key() {
    UserKey key = studio.simulator.latestUserKey(Studio.APP, person);
    Secrets.note(key.encryptKey());
    return key;
  }

  private static String encrypted(UserKey key, String text) {
    String iv = Base64.getEncoder().encodeToString(key.iv().getBytes(UTF_8));
    return OpenDataRoutesTest.encrypt(key.encryptKey(), iv, text);
  }

  private Answer send(long version, String data) {
    return post(Client.json("version", version, "data", data));
  }

  private Answer post(String body) {
    return studio.client.post(token, "/v1/me/encrypted", body);
  }

  private String nickname() {
    return studio.client.me(token).has(200).text("nickname");
  }

  @Test
  void an_encrypted_change_is_a_change() {
    UserKey key = key();

    Answer answer =
        send(key.version(), encrypted(key, Client.json("nickname", "秘密 🤫", "city", null)));

    assertThat(answer.has(200).text("nickname")).isEqualTo("秘密 🤫");
    assertThat(nickname()).isEqualTo("秘密 🤫");
  }

  @Test
  void a_key_serves_for_an_hour_beside_newer_ones() {
    UserKey older = key();
    studio.clock.advance(Duration.ofMinutes(59));
    send(older.version(), encrypted(older, Client.json("nickname", "旧"))).has(200);
    studio.clock.advance(Duration.ofMinutes(2));
    UserKey newer = key();
    assertThat(newer.version()).isGreaterThan(older.version());

    send(newer.version(), encrypted(newer, Client.json("nickname", "新"))).has(200);
    refused(send(older.version(), encrypted(older, Client.json("nickname", "太旧"))));

    assertThat(nickname()).isEqualTo("新");
  }

  @Test
  void what_can_not_be_opened_is_refused_alike() {
    UserKey key = key();
    String good = encrypted(key, Client.json("nickname", "不"));
    String another = WeChat.somebody();
    studio.logIn(Studio.APP, another);
    UserKey anothers = studio.simulator.latestUserKey(Studio.APP, another);
    Set<String> refusals = new HashSet<>();

    refusals.add(refused(send(key.version() + 1, good)));
    refusals.add(refused(send(key.version(), encrypted(anothers, Client.json("nickname", "他")))));
    int last = Base64.getDecoder().decode(good).length * 8 - 1;
    refusals.add(refused(send(key.version(), OpenDataRoutesTest.withFlippedBit(good, last))));
    refusals.add(refused(send(key.version(), "AAAAAAAAAAAAAAAAAAAAAA==")));

    assertThat(refusals).hasSize(1);
    assertThat(nickname()).isNull();
  }

  private static String refused(Answer answer) {
    answer.isProblem(400, "open-data-refused");
    JsonNode problem = answer.json();
    return answer.text().replace(problem.get("traceId").asText(), "");
  }

  @Test
  void what_is_inside_is_held_to_the_same_rules() {
    UserKey key = key();

    send(key.version(), encrypted(key, "no JSON")).isProblem(400, "malformed-json");
    assertThat(
            send(key.version(), encrypted(key, Client.json("nickname", "长".repeat(33))))
                .isProblem(400, "invalid-request")
                .fieldsInError())
        .containsExactly("nickname");
    send(key.version(), encrypted(key, "[]")).isProblem(400, "invalid-request");
    // All of them could be opened, so they took nothing from the ten.
    for (int i = 0; i < ATTEMPTS; i++) {
      send(key.version(), encrypted(key, "{}")).has(200);
    }
  }

  @Test
  void after_ten_refusals_the_session_may_send_no_more() {
    UserKey key = key();
    String good = encrypted(key, Client.json("nickname", "好"));
    for (int i = 0; i < ATTEMPTS; i++) {
      refused(send(key.version() + 1, good));
    }

    send(key.version(), good).isProblem(429, "open-data-locked");

    studio.client.postMe(token, Client.json("nickname", "明文")).has(200);
  }

  @Test
  void a_session_key_that_wechat_has_replaced_gives_no_keys() {
    UserKey key = key();
    studio.simulator.expireSessionKey(Studio.APP, person);

    Answer stale = send(key.version(), encrypted(key, "{}")).isProblem(409, "session-key-stale");

    assertThat(stale.text("action")).isEqualTo("new-code");
    studio.simulator.addFault(Fault.on(Api.GETUSERENCRYPTKEY).errcode(-1).always());
    send(key.version(), encrypted(key, "{}")).isProblem(503, "wechat-busy");
  }

  static Stream<Arguments> badBodies() {
    String data = "A".repeat(64);
    return Stream.of(
        Arguments.of("{}", List.of("version", "data")),
        Arguments.of(Client.json("version", 1), List.of("data")),
        Arguments.of(Client.json("data", data), List.of("version")),
        Arguments.of(Client.json("version", null, "data", data), List.of("version")),
        Arguments.of(Client.json("version", 1, "data", ""), List.of("data")),
        Arguments.of(Client.json("version", 1, "data", "!!!!"), List.of("data")),
        Arguments.of(Client.json("version", 1, "data", "A".repeat(24_000)), List.of("data")),
        Arguments.of("{\"version\":\"one\",\"data\":\"" + data + "\"}", List.of("body")),
        Arguments.of("[]", List.of("body")));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void a_body_that_is_not_as_described_is_refused_and_its_fields_named(
      String body, List<String> fields) {
    Answer refused = post(body).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactlyInAnyOrderElementsOf(fields);
  }

  @Test
  void it_takes_a_session() {
    studio.client.post("junk", "/v1/me/encrypted", "{}").isProblem(401, "token-invalid");
    studio.client.get("/v1/me/encrypted").isProblem(405, "method-not-allowed");
  }
}
