package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The worked examples of WeChat's own pages, at the moment that they were made: 开放数据校验与解密 and 消息推送.
 */
class OfficialVectorsTest {
  /** Of the examples of open data. */
  private static final String DATA_APP = "wx4f4bc4dec97d474b";

  private static final String OPEN_ID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";
  private static final String SESSION_KEY = "tiihtNczf5v6AKRyjwEUhQ==";
  private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";
  private static final String PROFILE =
      "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC"
          + "+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1p"
          + "oOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7"
          + "saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b"
          + "1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7Xjf"
          + "hQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/Xcx"
          + "xmK01EpqOyuxINew==";
  private static final Instant PROFILE_MADE = Instant.ofEpochSecond(1_477_314_187);

  private static final String PHONE =
      "xT8p8W6jIVdEWQ+ccHuD2bmG5RSiwg14VWRFw/UGVh6Aj+jDIadafJ4xdCIBQ/uxDiyw/MZWvpFyRn3pP3xxVfNQ"
          + "xFtzghvK+Pj5JQI7x412Zc+UKBdZyt5yiQboroSxyoV8mzt8NIte9rdxdif4zsuVIitkyUnIGjLphyruj7RmS/"
          + "fgw1Be7IpCva0zzK3lgKGSAJWdP3wedPdlaCzjUw==";
  private static final Instant PHONE_MADE = Instant.ofEpochSecond(1_637_744_274);

  private static final String SIGNING_KEY = "HyVFkGl5F5OQWJZZaNzBBg==";
  private static final String RAW_DATA =
      "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\","
          + "\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/"
          + "vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuIC"
          + "qIM5ibXQ/0\"}";
  private static final String SIGNATURE = "75e81ceda165f4ffa64f4068af58c64b8f54b88c";

  /** Of the examples of pushes. */
  private static final String PUSH_APP = "wxba5fad812f8e6fb9";

  private static final String PLAIN_APP = "wxba5fad812f8e6fba";
  private static final String PUSH_TOKEN = "AAAAA";
  private static final String PUSH_KEY = "A".repeat(43);
  private static final String ENCRYPT =
      "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG"
          + "QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRS"
          + "rfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOc"
          + "fBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";
  private static final String ENCRYPT_XML =
      "uMMzGtqcnpOzXOYBwDQNrff/mioAC55y6ebOB2ZTyz20r1EeMdgmADtiJwdDzTtKa+L8TXoiIIGZMbKkZvy2DUjH"
          + "HVILfS3R/mIvHvyppeX2C0ExesgJYPtJjZoYLQ7zUm0X8rRHBh/d6MtM3riQCpXD5ZHbScQxNxFHyCe2PaYpjh"
          + "Btx5GA8C2HWcGHIbcRz7eIlb1Pp/TyhHFz7KVnvHQibTKl98B8CCukedokprGQKvQwgxnIg+5aPeMySc1DtYoB"
          + "Ogv8M6CN88f0lRLg24iZk+/ekqM79Kvnrza+mU4lBDQ+0Sx92MFdGzt/1njI6ad+vo8o1UXHJSRie2Zr6L+dge"
          + "EoNAkkKR4o5u7LfkxuKW5wXGdo5eAcUg7RORkrRhr4eNUbPv6idPETBWoLegO90VZIheO3aec+d+IITzu3+wIQ"
          + "+NrOFtNARAm5Hsms0VCHWlEYmyahRRfFGjxb3b5VUEoPtWLNBSlGxdGKZS3pLt25ta5KoHQM1SU/tJiuR5lDvJ"
          + "c4Kw2j9+xwuYGypdnvgk8DnIay598XO1Xj4q6+aaoZRKeAW0+BQNcBMcbFlBT+cMWD3GL2azxZZhbnzg==";
  private static final Instant PUSH_MADE = Instant.ofEpochSecond(1_714_112_445);

  private static final MutableClock CLOCK = new MutableClock(PROFILE_MADE);

  private static WeChatSimulator simulator;
  private static Server server;
  private static Server withXml;

  @BeforeAll
  static void start() {
    simulator =
        WeChatSimulator.start(Options.defaults().withApp(App.of(DATA_APP, Stage.secret(DATA_APP))));
    Server.App pushes =
        Server.App.of(PUSH_APP, Stage.secret(PUSH_APP))
            .with("push-token", PUSH_TOKEN)
            .with("push-aes-key", PUSH_KEY);
    server =
        Server.of(
                simulator.uri(),
                List.of(
                    Server.App.of(DATA_APP, Stage.secret(DATA_APP))
                        .with("content-check", "false")
                        .with("check-encrypted-data", "false")
                        .with("risk", "off"),
                    pushes,
                    Server.App.of(PLAIN_APP, Stage.secret(PLAIN_APP))
                        .with("push-token", PUSH_TOKEN)
                        .with("push-mode", "plain")))
            .at(CLOCK)
            .start();
    withXml =
        Server.of(simulator.uri(), List.of(pushes.with("push-format", "xml"))).at(CLOCK).start();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator;
        Server another = withXml) {
      server.close();
    }
  }

  @AfterEach
  void wechat_is_well_again() {
    simulator.clearFaults();
  }

  /** Logs somebody in who has that session_key. */
  private static String logIn(String openId, String sessionKey, Instant at) {
    CLOCK.set(at);
    simulator.addFault(
        Fault.on(Api.JSCODE2SESSION)
            .body(Client.json("openid", openId, "session_key", sessionKey))
            .times(1));
    String code = Secrets.note("code-of-an-example-" + System.nanoTime());
    return server.client().logIn(DATA_APP, code).has(201).token();
  }

  private static Answer open(String token, String body) {
    return server.client().post(token, "/v1/me/open-data", body);
  }

  @Test
  void the_profile_of_the_decryption_example() {
    String token = logIn(OPEN_ID, SESSION_KEY, PROFILE_MADE.plus(OpenData.GOOD_FOR));

    Answer answer = open(token, Client.json("encryptedData", PROFILE, "iv", IV)).has(200);

    JsonNode data = answer.json().get("data");
    assertThat(data.get("nickName").asText()).isEqualTo("Band");
    assertThat(data.size()).isEqualTo(7);
    assertThat(answer.text("at")).isEqualTo(PROFILE_MADE.toString());
    Answer me = server.client().me(token).has(200);
    assertThat(me.text("nickname")).isEqualTo("Band");
    assertThat(me.text("city")).isEqualTo("Guangzhou");
    assertThat(me.text("avatarUrl"))
        .startsWith("https://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2A");
  }

  @Test
  void the_profile_is_refused_when_it_is_old_or_another_key_is_kept() {
    String body = Client.json("encryptedData", PROFILE, "iv", IV);
    open(logIn(OPEN_ID, SESSION_KEY, PROFILE_MADE.plus(OpenData.GOOD_FOR).plusSeconds(1)), body)
        .isProblem(400, "open-data-refused");
    open(logIn(OPEN_ID, SESSION_KEY, PROFILE_MADE), body).has(200);
  }

  @Test
  void the_phone_number_of_the_documentation() {
    String token = logIn("whose-phone-it-is", SESSION_KEY, PHONE_MADE);

    Answer answer =
        server.client().post(token, "/v1/me/phone", Client.json("encryptedData", PHONE, "iv", IV));

    assertThat(answer.has(200).user().get("phone").asText()).isEqualTo("135******66");
  }

  @Test
  void the_signature_of_the_signing_example() {
    String token = logIn("who-signs", SIGNING_KEY, PROFILE_MADE);
    String data =
        OpenDataRoutesTest.encrypt(
            SIGNING_KEY,
            IV,
            RAW_DATA.replaceFirst(
                "}$", ",\"watermark\":{\"timestamp\":1477314187,\"appid\":\"" + DATA_APP + "\"}}"));

    open(token, signed(RAW_DATA, data)).has(200);

    open(token, signed(RAW_DATA.replace("Band", "Bend"), data)).isProblem(400, "open-data-refused");
  }

  private static String signed(String rawData, String data) {
    return Client.json("rawData", rawData, "signature", SIGNATURE, "encryptedData", data, "iv", IV);
  }

  private static Answer push(Server to, String appId, String query, String body) {
    return to.client()
        .send(
            to.client()
                .to("/wechat/push/" + appId + "?" + query)
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8)));
  }

  @Test
  void the_check_of_the_address() {
    CLOCK.set(Instant.ofEpochSecond(1_714_036_504));
    String query =
        "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&echostr=4375120948345356249"
            + "&timestamp=1714036504&nonce=1514711492";

    assertThat(server.client().get("/wechat/push/" + PUSH_APP + "?" + query).has(200).text())
        .isEqualTo("4375120948345356249");
    server
        .client()
        .get("/wechat/push/" + PUSH_APP + "?" + query.replace("f464", "f465"))
        .isProblem(403, "push-refused");
  }

  @Test
  void the_push_in_plain_mode() {
    CLOCK.set(Instant.ofEpochSecond(1_714_037_059));
    String query =
        "signature=899cf89e464efb63f54ddac96b0a0a235f53aa78&timestamp=1714037059&nonce=486452656";
    String body =
        "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\","
            + "\"CreateTime\":1714037059,\"MsgType\":\"event\",\"Event\":\"debug_demo\","
            + "\"debug_str\":\"hello world\"}";

    assertThat(push(server, PLAIN_APP, query, body).has(200).text()).isEqualTo("success");
    push(server, PUSH_APP, query, body).isProblem(403, "push-refused");
    CLOCK.advance(Duration.ofMinutes(5).plusSeconds(1));
    push(server, PLAIN_APP, query, body).isProblem(403, "push-refused");
  }

  private static final String QUERY =
      "signature=6c5c811b55cc85e0e1b54100749188c20beb3f5d&timestamp=1714112445&nonce=415670741"
          + "&openid=o9AgO5Kd5ggOC-bXrbNODIiE3bGY&encrypt_type=aes&msg_signature=";

  @Test
  void the_push_in_secure_mode() {
    CLOCK.set(PUSH_MADE);
    String query = QUERY + "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3";
    String body = Client.json("ToUserName", "gh_97417a04a28d", "Encrypt", ENCRYPT);

    assertThat(push(server, PUSH_APP, query, body).has(200).text()).isEqualTo("success");
    assertThat(push(server, PUSH_APP, query, body).has(200).text()).isEqualTo("success");
    push(server, PUSH_APP, query, body.replace("+qdx1", "+qdx2")).isProblem(403, "push-refused");
    push(withXml, PUSH_APP, query, body).isProblem(403, "push-refused");
  }

  @Test
  void a_push_in_secure_mode_and_xml() {
    CLOCK.set(PUSH_MADE);
    String query = QUERY + "f742ce789975e244c57d6f4d333fa76ec63e061b";
    String body =
        "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA["
            + ENCRYPT_XML
            + "]]></Encrypt></xml>";

    assertThat(push(withXml, PUSH_APP, query, body).has(200).text()).isEqualTo("success");
    push(server, PUSH_APP, query, body).isProblem(403, "push-refused");
  }
}
