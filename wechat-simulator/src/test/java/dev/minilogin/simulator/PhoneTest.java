package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTest extends SimulatorFixture {

  private static final String ALICE = "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}";

  @Test
  void the_phone_number_button_gives_a_code_and_the_number_in_the_old_way() {
    wechat.addUser(new User("alice", false).withPhone("13580006666"));
    String sessionKey = login();

    JsonNode result = client("phone-number", ALICE);

    assertThat(result.fieldNames()).toIterable().containsExactly("code", "encryptedData", "iv");
    assertThat(result.path("code").asText()).matches("[0-9a-f]{64}");
    JsonNode old = decrypt(sessionKey, result);
    assertThat(old.path("purePhoneNumber").asText()).isEqualTo("13580006666");
    assertThat(old.path("watermark").path("appid").asText()).isEqualTo(APP);
    JsonNode number =
        json(
            probe.post(
                "/wxa/business/getuserphonenumber?access_token=" + accessToken(),
                "{\"code\":\"" + result.path("code").asText() + "\"}"));
    assertThat(number.path("phone_info").path("phoneNumber").asText()).isEqualTo("13580006666");
  }

  @Test
  void the_user_can_refuse_to_give_the_number() {
    assertThat(client("phone-number", ALICE.replace("}", ",\"deny\":true}")).toString())
        .isEqualTo("{\"errMsg\":\"getPhoneNumber:fail user deny\"}");
    assertThat(json(probe.get("/simulator/codes"))).isEmpty();
  }

  @Test
  void the_button_can_have_been_pressed_too_often() {
    probe.post("/simulator/settings", "{\"phoneQuotaExhausted\":true}");

    assertThat(client("phone-number", ALICE).toString())
        .isEqualTo("{\"errno\":1400001,\"errMsg\":\"getPhoneNumber:fail appid no enough quota\"}");
  }

  @Test
  void user_info_says_nothing_about_the_person_but_is_signed_and_encrypted() throws Exception {
    String sessionKey = login();

    JsonNode result = client("user-info", ALICE);

    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly("userInfo", "rawData", "signature", "encryptedData", "iv");
    JsonNode userInfo = result.path("userInfo");
    assertThat(userInfo.path("nickName").asText()).isEqualTo("微信用户");
    assertThat(userInfo.path("gender").asInt()).isZero();
    assertThat(userInfo.path("is_demote").asBoolean()).isTrue();
    assertThat(json(result.path("rawData").asText())).isEqualTo(userInfo);
    assertThat(result.path("signature").asText())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-1")
                        .digest(
                            (result.path("rawData").asText() + sessionKey)
                                .getBytes(StandardCharsets.UTF_8))));
    JsonNode decrypted = decrypt(sessionKey, result);
    assertThat(decrypted.path("nickName").asText()).isEqualTo("微信用户");
    assertThat(decrypted.path("watermark").path("appid").asText()).isEqualTo(APP);
  }

  @Test
  void the_crypto_manager_has_the_key_that_the_server_gets() throws Exception {
    String sessionKey = login();

    JsonNode key = client("user-crypto", ALICE);

    assertThat(key.fieldNames())
        .toIterable()
        .containsExactly("encryptKey", "iv", "version", "expireTime");
    assertThat(key.path("iv").asText()).hasSize(16);
    assertThat(key.path("expireTime").asLong()).isEqualTo(START.getEpochSecond() + 3600);
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    JsonNode servers =
        json(probe.get(
                "/wxa/business/getuserencryptkey?access_token="
                    + accessToken()
                    + "&openid="
                    + wechat.openid(APP, "alice")
                    + "&signature="
                    + HexFormat.of().formatHex(hmac.doFinal())
                    + "&sig_method=hmac_sha256"))
            .path("key_info_list")
            .path(0);
    assertThat(servers.path("encrypt_key")).isEqualTo(key.path("encryptKey"));
    assertThat(servers.path("iv")).isEqualTo(key.path("iv"));
    assertThat(servers.path("version")).isEqualTo(key.path("version"));
  }

  @ParameterizedTest
  @CsvSource({
    "phone-number, getPhoneNumber",
    "user-info, getUserProfile",
    "user-crypto, getLatestUserKey"
  })
  void without_network_or_with_an_unknown_app_it_fails(String path, String api) {
    assertThat(client(path, ALICE.replace(APP, "wxunknown")).toString())
        .isEqualTo("{\"errno\":5,\"errMsg\":\"" + api + ":fail invalid appid\"}");

    wechat.phone().setOffline(true);

    JsonNode offline = client(path, ALICE);
    assertThat(offline.path("errno").asInt()).isEqualTo(600001);
    assertThat(offline.path("errMsg").asText())
        .startsWith(api + ":fail ")
        .endsWith("net::ERR_INTERNET_DISCONNECTED");
    assertThat(probe.post("/client/" + path, "{\"appId\":\"wx\"}").statusCode()).isEqualTo(400);
  }

  private String login() {
    return json(probe.get(exchange(wechat.issueCode(APP, "alice")))).path("session_key").asText();
  }

  private String accessToken() {
    return json(probe.get(
            "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET))
        .path("access_token")
        .asText();
  }

  private JsonNode client(String action, String body) {
    return json(probe.post("/client/" + action, body));
  }

  private static JsonNode decrypt(String sessionKey, JsonNode data) {
    try {
      Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
      aes.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(Base64.getDecoder().decode(sessionKey), "AES"),
          new IvParameterSpec(Base64.getDecoder().decode(data.path("iv").asText())));
      return json(
          new String(
              aes.doFinal(Base64.getDecoder().decode(data.path("encryptedData").asText())),
              StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
