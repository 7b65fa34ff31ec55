package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaMessage;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.push.Opened;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A third party's client takes this simulator's pushes for WeChat's. */
class WxJavaPushTest extends SimulatorFixture {

  private static final String TOKEN = "pushToken1";
  private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE";

  @Test
  void it_opens_a_sealed_push_in_xml() {
    PushEnvelope push = envelope(PushFormat.XML, PushEvent.userAuthorizationRevoke("alice", "6"));
    Map<String, String> query = query(push);

    WxMaMessage message =
        WxMaMessage.fromEncryptedXml(
            push.body(),
            config(APP),
            query.get("timestamp"),
            query.get("nonce"),
            query.get("msg_signature"));

    assertThat(message.getEvent()).isEqualTo("user_authorization_revoke");
    assertThat(message.getToUser()).isEqualTo("gh_97417a04a28d");
    assertThat(message.getFromUser()).isEqualTo(wechat.platformAccount(APP));
    assertThat(message.getCreateTime()).isEqualTo((int) START.getEpochSecond());
    assertThat(message.getOpenId()).isEqualTo(wechat.openid(APP, "alice"));
    assertThat(message.getAppID()).isEqualTo(APP);
    assertThat(message.getRevokeInfo()).isEqualTo("6");
  }

  @Test
  void it_reads_the_verdict_of_a_media_check_in_json() {
    PushEnvelope push =
        envelope(
            PushFormat.JSON,
            PushEvent.of(PushEvent.WXA_MEDIA_CHECK)
                .with("trace_id", "60f96f1d-3845297a-1976a3ae")
                .with("version", 2)
                .with("detail", List.of(Map.of("suggest", "risky", "label", 20001)))
                .with("result", Map.of("suggest", "risky", "label", 20001)));

    WxMaMessage message = WxMaMessage.fromEncryptedJson(push.body(), config(APP));

    assertThat(message.getTraceId()).isEqualTo("60f96f1d-3845297a-1976a3ae");
    assertThat(message.getResult().getSuggest()).isEqualTo("risky");
    assertThat(message.getResult().getLabel()).isEqualTo("20001");
    assertThat(message.getDetail()).hasSize(1);
  }

  @Test
  void it_refuses_a_sealed_push_in_xml_with_a_wrong_signature() {
    PushEnvelope push = envelope(PushFormat.XML, PushEvent.userInfoModified("alice"));
    Map<String, String> query = query(push);

    assertThatThrownBy(
            () ->
                WxMaMessage.fromEncryptedXml(
                    push.body(),
                    config(APP),
                    query.get("timestamp"),
                    query.get("nonce"),
                    "0".repeat(40)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void it_knows_the_signature_of_the_url() {
    PushEnvelope push = envelope(PushFormat.JSON, PushEvent.userInfoModified("alice"));
    Map<String, String> query = query(push);
    WxMaServiceImpl client = new WxMaServiceImpl();
    client.setWxMaConfig(config(APP));

    assertThat(
            client.checkSignature(
                query.get("timestamp"), query.get("nonce"), query.get("signature")))
        .isTrue();
    assertThat(client.checkSignature(query.get("timestamp"), "1", query.get("signature")))
        .isFalse();
  }

  @Test
  void it_opens_a_sealed_push_in_json_without_any_look_at_its_signature() {
    PushEnvelope push = envelope(PushFormat.JSON, PushEvent.userAuthorizationRevoke("alice", "6"));

    // There is no parameter for a msg_signature, right or wrong.
    WxMaMessage message = WxMaMessage.fromEncryptedJson(push.body(), config(APP));

    assertThat(message.getEvent()).isEqualTo("user_authorization_revoke");
    assertThat(message.getOpenId()).isEqualTo(wechat.openid(APP, "alice"));
  }

  @Test
  void it_does_not_mind_a_push_that_is_meant_for_another_app() {
    PushEnvelope push = envelope(PushFormat.JSON, PushEvent.userInfoModified("alice"));

    WxMaMessage message = WxMaMessage.fromEncryptedJson(push.body(), config("wxanother"));

    assertThat(message.getEvent()).isEqualTo("user_info_modified");
    assertThat(Opened.of(KEY, json(push.body()).path("Encrypt").asText()).appId()).isEqualTo(APP);
  }

  private PushEnvelope envelope(PushFormat format, PushEvent event) {
    wechat.addApp(
        App.of(APP, SECRET, "group")
            .withPush(
                new PushTarget(
                    URI.create("http://127.0.0.1:1/push"),
                    TOKEN,
                    Optional.of(KEY),
                    PushMode.SECURE,
                    format,
                    "gh_97417a04a28d")));
    return wechat.envelope(APP, event);
  }

  private static Map<String, String> query(PushEnvelope push) {
    return Arrays.stream(push.query().split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(Collectors.toMap(p -> p[0], p -> p[1]));
  }

  private static WxMaDefaultConfigImpl config(String appId) {
    WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
    config.setAppid(appId);
    config.setSecret(SECRET);
    config.setToken(TOKEN);
    config.setAesKey(KEY);
    return config;
  }
}
