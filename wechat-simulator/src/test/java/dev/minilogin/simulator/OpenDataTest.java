package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.UserInfo;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the phone encrypts, as a server decrypts it, and checkencryptedmsg. */
class OpenDataTest extends ServerApiFixture {

  @Test
  void any_object_is_encrypted_under_the_session_key_with_a_watermark() throws Exception {
    String key = keyOf("alice");

    OpenData data = wechat.openData(APP, "alice", " {\"a\": 1.50, \"b\":\"微信\"} ");

    assertThat(decrypt(data, key))
        .isEqualTo(
            "{\"a\": 1.50, \"b\":\"微信\",\"watermark\":{\"timestamp\":%d,\"appid\":\"%s\"}}"
                .formatted(START.getEpochSecond(), APP));
    assertThat(decrypt(wechat.openData(APP, "alice", "{ }"), key))
        .startsWith("{\"watermark\":{\"timestamp\":");
    assertThat(wechat.openData(APP, "alice", "{}"))
        .isNotEqualTo(wechat.openData(APP, "alice", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{"})
  void only_objects_can_have_a_watermark(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> wechat.openData(APP, "alice", json));
  }

  @Test
  void an_old_key_does_not_open_new_data() {
    String old = keyOf("alice");
    wechat.expireSessionKey(APP, "alice");

    OpenData data = wechat.openData(APP, "alice", "{\"a\":1}");

    assertThat(opens(data, old, "{\"a\":1")).isFalse();
    assertThat(opens(data, wechat.sessionKey(APP, "alice").orElseThrow(), "{\"a\":1")).isTrue();
  }

  @Test
  void nobody_has_a_profile_any_more() throws Exception {
    String key = keyOf("alice");

    UserInfo info = wechat.userInfo(APP, "alice");

    JsonNode raw = json(info.rawData());
    assertThat(raw.path("nickName").asText()).isEqualTo("微信用户");
    assertThat(raw.path("gender").asInt(-1)).isZero();
    assertThat(raw.path("is_demote").asBoolean()).isTrue();
    assertThat(raw.path("country").asText("?")).isEmpty();
    assertThat(info.signature()).isEqualTo(hash("SHA-1", info.rawData() + key));
    assertThat(decrypt(info.openData(), key))
        .startsWith(info.rawData().substring(0, info.rawData().length() - 1) + ",\"watermark\":{");
  }

  @Test
  void the_old_phone_button_gives_the_number_encrypted() throws Exception {
    wechat.addUser(new User("alice", false).withPhone("5551234", "44"));
    String key = keyOf("alice");

    JsonNode phone = json(decrypt(wechat.phoneData(APP, "alice"), key));

    assertThat(phone.fieldNames())
        .toIterable()
        .containsExactly("phoneNumber", "purePhoneNumber", "countryCode", "watermark");
    assertThat(phone.path("phoneNumber").asText()).isEqualTo("445551234");
    assertThat(phone.path("purePhoneNumber").asText()).isEqualTo("5551234");
    assertThat(phone.path("countryCode").asText()).isEqualTo("44");
    assertThat(phone.path("watermark").path("appid").asText()).isEqualTo(APP);
  }

  @Test
  void phone_data_is_known_for_three_days_by_its_hash() throws Exception {
    OpenData data = wechat.phoneData(APP, "alice");
    String ofText = hash("SHA-256", data.encryptedData());
    String ofBytes = hash("SHA-256", Base64.getDecoder().decode(data.encryptedData()));
    String found =
        "{\"errcode\":0,\"errmsg\":\"ok\",\"vaild\":true,\"create_time\":%d}"
            .formatted(START.getEpochSecond());

    assertThat(check(ofText).body()).isEqualTo(found);
    assertThat(check(ofBytes).body()).isEqualTo(found);
    assertThat(check(ofText.toUpperCase(Locale.ROOT)).body()).isEqualTo(found);
    wechat.advance(Duration.ofDays(3).minusSeconds(1));
    token = newToken(APP, Probe.SECRET);
    assertThat(errcode(check(ofText))).isZero();
    wechat.advance(Duration.ofSeconds(1));
    assertRefused(check(ofText), 1, "data not exit");
  }

  @Test
  void what_wechat_did_not_make_for_this_app_does_not_exist() throws Exception {
    String other = hash("SHA-256", wechat.phoneData(APP, "alice").encryptedData());

    assertRefused(check("0".repeat(64)), 1, "data not exit");
    assertRefused(postAs(otherToken, Api.CHECKENCRYPTEDMSG, body(other)), 1, "data not exit");
  }

  @Test
  void only_phone_data_is_known() throws Exception {
    OpenData data = wechat.openData(APP, "alice", "{}");

    assertThat(errcode(check(hash("SHA-256", data.encryptedData())))).isEqualTo(1);
  }

  @Test
  void a_hash_must_be_one() {
    assertRefused(check("xyz"), 40097, "invalid args");
    assertThat(errcode(post(Api.CHECKENCRYPTEDMSG, "{}"))).isEqualTo(47001);
  }

  private HttpResponse<String> check(String hash) {
    return post(Api.CHECKENCRYPTEDMSG, body(hash));
  }

  private static String body(String hash) {
    return "{\"encrypted_msg_hash\":\"" + hash + "\"}";
  }

  private static boolean opens(OpenData data, String key, String start) {
    try {
      return decrypt(data, key).startsWith(start);
    } catch (GeneralSecurityException wrongKey) {
      return false;
    }
  }

  private static String decrypt(OpenData data, String key) throws GeneralSecurityException {
    Base64.Decoder base64 = Base64.getDecoder();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(base64.decode(key), "AES"),
        new IvParameterSpec(base64.decode(data.iv())));
    return new String(cipher.doFinal(base64.decode(data.encryptedData())), StandardCharsets.UTF_8);
  }

  private static String hash(String algorithm, String text) throws GeneralSecurityException {
    return hash(algorithm, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String algorithm, byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
