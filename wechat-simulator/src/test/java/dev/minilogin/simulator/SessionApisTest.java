package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.UserKey;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** checksession, resetusersessionkey and getuserencryptkey. */
class SessionApisTest extends ServerApiFixture {

  @Test
  void the_valid_key_passes_the_check() {
    HttpResponse<String> answer = get(Api.CHECKSESSION, signedQuery("alice", keyOf("alice")));

    assertThat(answer.body()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    assertThat(contentType(answer)).isEqualTo("application/json; encoding=utf-8");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKSESSION", "RESETUSERSESSIONKEY", "GETUSERENCRYPTKEY"})
  void hex_counts_in_any_case(Api api) {
    String query =
        signedQuery("alice", keyOf("alice"))
            .replaceFirst("signature=[0-9a-f]+", "signature=%s")
            .formatted(
                hmac(wechat.sessionKey(APP, "alice").orElseThrow(), "").toUpperCase(Locale.ROOT));

    assertThat(errcode(get(api, query))).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKSESSION", "RESETUSERSESSIONKEY", "GETUSERENCRYPTKEY"})
  void a_displaced_key_is_an_invalid_signature(Api api) {
    String old = keyOf("alice");
    wechat.advance(Duration.ofSeconds(60));
    wechat.issueCode(APP, "alice");

    assertRefused(get(api, signedQuery("alice", old)), 87009, "invalid signature");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKSESSION", "RESETUSERSESSIONKEY", "GETUSERENCRYPTKEY"})
  void an_hmac_of_anything_but_the_empty_text_is_an_invalid_signature(Api api) {
    String openid = wechat.openid(APP, "alice");
    String query =
        "openid=" + openid + "&sig_method=hmac_sha256&signature=" + hmac(keyOf("alice"), openid);

    assertRefused(get(api, query), 87009, "invalid signature");
  }

  @Test
  void checksession_has_but_one_error() {
    String query = signedQuery("alice", keyOf("alice"));
    wechat.issueCode(OTHER_APP, "alice");

    assertThat(errcode(get(Api.CHECKSESSION, ""))).isEqualTo(87009);
    assertThat(errcode(get(Api.CHECKSESSION, query.replace("hmac_sha256", "md5"))))
        .isEqualTo(87009);
    assertThat(errcode(get(Api.CHECKSESSION, query.replace("openid=o", "openid=x"))))
        .isEqualTo(87009);
    assertThat(errcode(probe.get(path(Api.CHECKSESSION, otherToken) + "&" + query)))
        .isEqualTo(87009);
    wechat.expireSessionKey(APP, "alice");
    assertThat(errcode(get(Api.CHECKSESSION, query))).isEqualTo(87009);
  }

  @Test
  void a_reset_gives_a_new_key_and_kills_the_old_one() {
    String old = keyOf("alice");

    JsonNode answer = json(get(Api.RESETUSERSESSIONKEY, signedQuery("alice", old)));

    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("errcode", "errmsg", "openid", "session_key");
    String renewed = answer.path("session_key").asText();
    assertThat(answer.path("openid").asText()).isEqualTo(wechat.openid(APP, "alice"));
    assertThat(renewed).isNotEqualTo(old);
    assertThat(wechat.sessionKey(APP, "alice")).contains(renewed);
    assertThat(errcode(get(Api.CHECKSESSION, signedQuery("alice", renewed)))).isZero();
    assertThat(errcode(get(Api.CHECKSESSION, signedQuery("alice", old)))).isEqualTo(87009);
  }

  @Test
  void a_new_key_is_as_old_as_the_one_before() {
    String old = keyOf("alice");
    wechat.advance(Duration.ofSeconds(50));
    String renewed =
        json(get(Api.RESETUSERSESSIONKEY, signedQuery("alice", old))).path("session_key").asText();

    wechat.advance(Duration.ofSeconds(9));
    assertThat(keyOf("alice")).isEqualTo(renewed);
    wechat.advance(Duration.ofSeconds(1));
    assertThat(keyOf("alice")).isNotEqualTo(renewed);
  }

  @Test
  void a_reset_looks_at_its_arguments_first() {
    String query = signedQuery("alice", keyOf("alice"));

    assertRefused(get(Api.RESETUSERSESSIONKEY, ""), 40097, "invalid args");
    assertRefused(
        get(Api.RESETUSERSESSIONKEY, query.replaceFirst("&sig_method=.*", "")),
        40097,
        "invalid args");
  }

  @ParameterizedTest
  @EnumSource(names = {"RESETUSERSESSIONKEY", "GETUSERENCRYPTKEY"})
  void the_method_and_the_key_must_exist(Api api) {
    String query = signedQuery("alice", keyOf("alice"));

    assertRefused(get(api, query.replace("hmac_sha256", "hmac_sha1")), 87008, "invalid sig_method");
    assertRefused(
        probe.get(path(api, otherToken) + "&" + query),
        87007,
        "session_key is not existd or expired");
    wechat.expireSessionKey(APP, "alice");
    assertRefused(get(api, query), 87007, "session_key is not existd or expired");
  }

  @Test
  void encrypt_keys_are_what_the_phone_has() {
    UserKey phone = wechat.latestUserKey(APP, "alice");
    wechat.advance(Duration.ofSeconds(3));

    HttpResponse<String> answer = get(Api.GETUSERENCRYPTKEY, signedQuery("alice", keyOf("alice")));

    assertThat(answer.body())
        .isEqualTo(
            "{\"errcode\":0,\"errmsg\":\"ok\",\"key_info_list\":[{\"encrypt_key\":\"%s\","
                    .formatted(phone.encryptKey())
                + "\"version\":1,\"expire_in\":3597,\"iv\":\"%s\",\"create_time\":%d}]}"
                    .formatted(phone.iv(), START.getEpochSecond()));
    assertThat(phone.encryptKey()).matches("[A-Za-z0-9+/]{22}==");
    assertThat(phone.iv()).matches("[0-9a-f]{16}");
    assertThat(phone.expiresAt()).isEqualTo(START.plusSeconds(3600));
  }

  @Test
  void encrypt_keys_may_be_asked_for_by_post() {
    String query = signedQuery("alice", keyOf("alice"));

    assertThat(
            json(probe.post(path(Api.GETUSERENCRYPTKEY, token) + "&" + query, ""))
                .path("key_info_list"))
        .hasSize(1);
  }

  @Test
  void three_encrypt_keys_are_kept_newest_first_and_only_the_newest_lives() {
    for (int i = 0; i < 4; i++) {
      wechat.latestUserKey(APP, "alice");
      wechat.advance(Duration.ofSeconds(3600));
    }
    String session = keyOf("alice");
    token = newToken(APP, Probe.SECRET);

    JsonNode keys =
        json(get(Api.GETUSERENCRYPTKEY, signedQuery("alice", session))).path("key_info_list");

    assertThat(keys.findValues("version")).map(JsonNode::asInt).containsExactly(5, 4, 3);
    assertThat(keys.findValues("expire_in")).map(JsonNode::asInt).containsExactly(3600, 0, 0);
    assertThat(wechat.latestUserKey(APP, "alice").version()).isEqualTo(5);
  }
}
