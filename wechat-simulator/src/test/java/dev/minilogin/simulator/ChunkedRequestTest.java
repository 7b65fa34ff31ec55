package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.Api;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChunkedRequestTest extends SimulatorFixture {

  private static final String BODY =
      "{\"grant_type\":\"client_credential\",\"appid\":\""
          + APP
          + "\",\"secret\":\""
          + SECRET
          + "\"}";
  private static final String REQUEST =
      "POST /cgi-bin/stable_token HTTP/1.1\n"
          + "Host: api.weixin.qq.com\n"
          + "Connection: close\n"
          + "Content-Type: application/json\n"
          + "Transfer-Encoding: chunked\n"
          + "\n"
          + Integer.toHexString(BODY.length())
          + "\n"
          + BODY
          + "\n0\n\n";

  @Test
  void a_chunked_body_gets_412_and_nothing_else() throws IOException {
    String answer = probe.raw(REQUEST);

    assertThat(answer).startsWith("HTTP/1.1 412 Precondition Failed\r\n").endsWith("\r\n\r\n");
    assertThat(answer.indexOf("\r\n\r\n")).isEqualTo(answer.length() - 4);
    assertThat(wechat.calls(Api.STABLE_TOKEN)).isZero();
    assertThat(wechat.wireAfter(0).getLast().status()).isEqualTo(412);
  }

  @Test
  void a_chunked_call_burns_no_code() throws IOException {
    String token = json(probe.post("/cgi-bin/stable_token", BODY)).path("access_token").asText();
    String code = wechat.issuePhoneCode(APP, "alice");
    String path = Api.GETUSERPHONENUMBER.path() + "?access_token=" + token;
    String body = "{\"code\":\"" + code + "\"}";
    String request =
        REQUEST
            .replace("/cgi-bin/stable_token", path)
            .replace(Integer.toHexString(BODY.length()) + "\n" + BODY, "4b\n" + body);

    assertThat(body).hasSize(0x4b);
    assertThat(probe.raw(request)).startsWith("HTTP/1.1 412 ");
    assertThat(errcode(probe.post(path, body))).isZero();
  }

  @Test
  void chunked_bodies_can_be_allowed() throws IOException {
    wechat.settings(wechat.settings().withRejectChunked(false));

    assertThat(probe.raw(REQUEST)).startsWith("HTTP/1.1 200 OK\r\n").contains("access_token");
  }
}
