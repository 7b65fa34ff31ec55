package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.OTHER_SECRET;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;

/** A simulator whose two first apps have an access_token. */
abstract class ServerApiFixture extends SimulatorFixture {

  static final String RID = "[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}";

  String token;
  String otherToken;

  @BeforeEach
  void getTokens() {
    token = newToken(APP, SECRET);
    otherToken = newToken(OTHER_APP, OTHER_SECRET);
  }

  String newToken(String appId, String secret) {
    String path =
        Api.TOKEN.path() + "?grant_type=client_credential&appid=" + appId + "&secret=" + secret;
    return json(probe.get(path)).path("access_token").asText();
  }

  HttpResponse<String> get(Api api, String query) {
    return probe.get(path(api, token) + "&" + query);
  }

  HttpResponse<String> post(Api api, String body) {
    return postAs(token, api, body);
  }

  HttpResponse<String> postAs(String accessToken, Api api, String body) {
    return probe.post(path(api, accessToken), body);
  }

  static String path(Api api, String accessToken) {
    return api.path() + "?access_token=" + accessToken;
  }

  /** A refusal of an API that is not below /sns. */
  static void assertRefused(HttpResponse<String> answer, int errcode, String message) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .matches("\\{\"errcode\":" + errcode + ",\"errmsg\":\"" + message + " rid: " + RID + "\"}");
  }

  /** What a server sends to prove that it has the session_key. */
  static String hmac(String sessionKey, String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sessionKey.getBytes(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String signedQuery(String user, String sessionKey) {
    return "openid="
        + wechat.openid(APP, user)
        + "&signature="
        + hmac(sessionKey, "")
        + "&sig_method=hmac_sha256";
  }

  /** Logs a user in and returns the session_key. */
  String keyOf(String user) {
    wechat.issueCode(APP, user);
    return wechat.sessionKey(APP, user).orElseThrow();
  }
}
