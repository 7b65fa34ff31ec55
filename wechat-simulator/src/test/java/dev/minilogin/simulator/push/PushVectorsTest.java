package dev.minilogin.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of WeChat's manual, byte for byte, and one of our own for XML. */
class PushVectorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "AAAAA";
  private static final String KEY = "A".repeat(43);
  private static final String APP = "wxba5fad812f8e6fb9";
  private static final String ACCOUNT = "gh_97417a04a28d";
  private static final String OPENID = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY";
  private static final String NONCE = "415670741";

  private static final String ENCRYPT =
      "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
          + "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMc"
          + "p3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3"
          + "VIYnSeOBrebufAlr7F9mFUPAJGj04=";

  private static final String XML_ENCRYPT =
      "uMMzGtqcnpOzXOYBwDQNrff/mioAC55y6ebOB2ZTyz20r1EeMdgmADtiJwdDzTtKa+L8TXoiIIGZMbKkZvy2DUjHHVIL"
          + "fS3R/mIvHvyppeX2C0ExesgJYPtJjZoYLQ7zUm0X8rRHBh/d6MtM3riQCpXD5ZHbScQxNxFHyCe2PaYpjhBtx5GA8"
          + "C2HWcGHIbcRz7eIlb1Pp/TyhHFz7KVnvHQibTKl98B8CCukedokprGQKvQwgxnIg+5aPeMySc1DtYoBOgv8M6CN88"
          + "f0lRLg24iZk+/ekqM79Kvnrza+mU4lBDQ+0Sx92MFdGzt/1njI6ad+vo8o1UXHJSRie2Zr6L+dgeEoNAkkKR4o5u7"
          + "LfkxuKW5wXGdo5eAcUg7RORkrRhr4eNUbPv6idPETBWoLegO90VZIheO3aec+d+IITzu3+wIQ+NrOFtNARAm5Hsms"
          + "0VCHWlEYmyahRRfFGjxb3b5VUEoPtWLNBSlGxdGKZS3pLt25ta5KoHQM1SU/tJiuR5lDvJc4Kw2j9+xwuYGypdnvg"
          + "k8DnIay598XO1Xj4q6+aaoZRKeAW0+BQNcBMcbFlBT+cMWD3GL2azxZZhbnzg==";

  @Test
  void the_check_of_the_url_is_signed_as_in_the_manual() {
    assertThat(
            PushEnvelope.check(
                target(PushMode.PLAIN, PushFormat.JSON),
                Instant.ofEpochSecond(1714036504),
                "1514711492",
                "4375120948345356249"))
        .isEqualTo(
            "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504"
                + "&nonce=1514711492&echostr=4375120948345356249");
  }

  @Test
  void a_plain_push_is_as_in_the_manual() {
    PushEnvelope push =
        PushEnvelope.seal(
            target(PushMode.PLAIN, PushFormat.JSON),
            APP,
            demo(1714037059),
            Instant.ofEpochSecond(1714037059),
            "486452656",
            new byte[16]);

    assertThat(push.query())
        .isEqualTo(
            "signature=899cf89e464efb63f54ddac96b0a0a235f53aa78&timestamp=1714037059"
                + "&nonce=486452656&openid="
                + OPENID);
    assertThat(push.contentType()).isEqualTo("application/json");
    assertThat(push.body())
        .isEqualTo(
            "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\","
                + "\"CreateTime\":1714037059,\"MsgType\":\"event\",\"Event\":\"debug_demo\","
                + "\"debug_str\":\"hello world\"}");
  }

  @Test
  void a_sealed_push_is_as_in_the_manual() {
    PushEnvelope push =
        PushEnvelope.seal(
            target(PushMode.SECURE, PushFormat.JSON),
            APP,
            demo(1714112445),
            Instant.ofEpochSecond(1714112445),
            NONCE,
            ascii("a8eedb185eb2fecf"));

    assertThat(push.query())
        .isEqualTo(
            "signature=6c5c811b55cc85e0e1b54100749188c20beb3f5d&timestamp=1714112445&nonce=415670741"
                + "&openid=o9AgO5Kd5ggOC-bXrbNODIiE3bGY&encrypt_type=aes"
                + "&msg_signature=046e02f8204d34f8ba5fa3b1db94908f3df2e9b3");
    assertThat(push.body())
        .isEqualTo("{\"ToUserName\":\"gh_97417a04a28d\",\"Encrypt\":\"" + ENCRYPT + "\"}");
    assertThat(Opened.of(KEY, ENCRYPT))
        .isEqualTo(new Opened("a8eedb185eb2fecf", demo(1714112445).toString(), APP, 19));
  }

  @Test
  void a_sealed_reply_comes_out_as_in_the_manual() {
    String reply = "{\"demo_resp\":\"good luck\"}";
    String encrypt = EnvelopeCipher.encrypt(KEY, APP, ascii("707722b803182950"), reply);

    assertThat(encrypt)
        .isEqualTo(
            "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==");
    assertThat(PushSignature.of(TOKEN, "1713424427", NONCE, encrypt))
        .isEqualTo("1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1");
    assertThat(Opened.of(KEY, encrypt)).isEqualTo(new Opened("707722b803182950", reply, APP, 1));
  }

  @Test
  void a_sealed_push_in_xml_is_as_computed_by_another_program() {
    ObjectNode message =
        JSON.createObjectNode()
            .put("ToUserName", ACCOUNT)
            .put("FromUserName", OPENID)
            .put("CreateTime", 1714112445L)
            .put("MsgType", "event")
            .put("Event", "user_authorization_revoke")
            .put("OpenID", OPENID)
            .put("AppID", APP)
            .put("RevokeInfo", "6");

    PushEnvelope push =
        PushEnvelope.seal(
            target(PushMode.SECURE, PushFormat.XML),
            APP,
            message,
            Instant.ofEpochSecond(1714112445),
            NONCE,
            ascii("0123456789abcdef"));

    assertThat(push.query()).endsWith("&msg_signature=f742ce789975e244c57d6f4d333fa76ec63e061b");
    assertThat(push.contentType()).isEqualTo("text/xml");
    assertThat(push.body())
        .isEqualTo(
            "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA["
                + XML_ENCRYPT
                + "]]></Encrypt></xml>");
    Opened opened = Opened.of(KEY, XML_ENCRYPT);
    assertThat(opened.message())
        .hasSize(395)
        .isEqualTo(
            "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>"
                + "<FromUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></FromUserName>"
                + "<CreateTime>1714112445</CreateTime><MsgType><![CDATA[event]]></MsgType>"
                + "<Event><![CDATA[user_authorization_revoke]]></Event>"
                + "<OpenID><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></OpenID>"
                + "<AppID><![CDATA[wxba5fad812f8e6fb9]]></AppID>"
                + "<RevokeInfo><![CDATA[6]]></RevokeInfo></xml>");
    assertThat(opened.padding()).isEqualTo(15);
    assertThat(opened.appId()).isEqualTo(APP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "中文 🙂", "\u0000"})
  void every_length_of_message_is_padded_to_blocks_of_32(String tail) {
    for (int length = 0; length < 33; length++) {
      String message = "m".repeat(length) + tail;

      String encrypt = EnvelopeCipher.encrypt(KEY, APP, ascii("0123456789abcdef"), message);

      assertThat(Opened.of(KEY, encrypt).message()).isEqualTo(message);
      assertThat(Opened.of(KEY, encrypt).padding()).isBetween(1, 32);
    }
  }

  private static ObjectNode demo(long createTime) {
    return JSON.createObjectNode()
        .put("ToUserName", ACCOUNT)
        .put("FromUserName", OPENID)
        .put("CreateTime", createTime)
        .put("MsgType", "event")
        .put("Event", "debug_demo")
        .put("debug_str", "hello world");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static PushTarget target(PushMode mode, PushFormat format) {
    return new PushTarget(
        URI.create("http://127.0.0.1/push"), TOKEN, Optional.of(KEY), mode, format, ACCOUNT);
  }
}
