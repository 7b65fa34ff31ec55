package dev.minilogin.adapters.wechat.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushSettings.Format;
import dev.minilogin.domain.miniprogram.PushSettings.Mode;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import io.micronaut.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WeChat's own examples (消息推送), and what could be made of them. */
class PushVectorsTest {
  private static final AppId APP = new AppId("wxba5fad812f8e6fb9");
  private static final PushToken TOKEN = new PushToken("AAAAA");
  private static final PushKey KEY = new PushKey("A".repeat(43));
  private static final PushKey OTHER_KEY = new PushKey("B".repeat(43));
  private static final Instant NOW = Instant.ofEpochSecond(1714112445);
  private static final String ENCRYPT =
      "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
          + "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuM"
          + "cp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWyg"
          + "b3VIYnSeOBrebufAlr7F9mFUPAJGj04=";
  private static final String SIGNATURE = "6c5c811b55cc85e0e1b54100749188c20beb3f5d";
  private static final String MESSAGE_SIGNATURE = "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3";
  private static final String ENCRYPT_XML =
      "uMMzGtqcnpOzXOYBwDQNrff/mioAC55y6ebOB2ZTyz20r1EeMdgmADtiJwdDzTtKa+L8TXoiIIGZMbKkZvy2DUjHHVIL"
          + "fS3R/mIvHvyppeX2C0ExesgJYPtJjZoYLQ7zUm0X8rRHBh/d6MtM3riQCpXD5ZHbScQxNxFHyCe2PaYpjhBtx5GA"
          + "8C2HWcGHIbcRz7eIlb1Pp/TyhHFz7KVnvHQibTKl98B8CCukedokprGQKvQwgxnIg+5aPeMySc1DtYoBOgv8M6CN"
          + "88f0lRLg24iZk+/ekqM79Kvnrza+mU4lBDQ+0Sx92MFdGzt/1njI6ad+vo8o1UXHJSRie2Zr6L+dgeEoNAkkKR4o"
          + "5u7LfkxuKW5wXGdo5eAcUg7RORkrRhr4eNUbPv6idPETBWoLegO90VZIheO3aec+d+IITzu3+wIQ+NrOFtNARAm5"
          + "Hsms0VCHWlEYmyahRRfFGjxb3b5VUEoPtWLNBSlGxdGKZS3pLt25ta5KoHQM1SU/tJiuR5lDvJc4Kw2j9+xwuYGy"
          + "pdnvgk8DnIay598XO1Xj4q6+aaoZRKeAW0+BQNcBMcbFlBT+cMWD3GL2azxZZhbnzg==";
  private static final String XML_MESSAGE_SIGNATURE = "f742ce789975e244c57d6f4d333fa76ec63e061b";
  private static final String DEBUG_DEMO =
      "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\","
          + "\"CreateTime\":1714037059,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello"
          + " world\"}";
  private static final Instant PLAIN_NOW = Instant.ofEpochSecond(1714037059);

  private final PushEnvelopes envelopes = new WeChatPushEnvelopes(JsonMapper.createDefault());

  @Test
  void wechats_check_of_an_address_is_genuine() {
    PushRequest check =
        request("f464b24fc39322e44b38aa78f5edd27bd1441696", 1714036504, "1514711492", null, "");
    Instant now = Instant.ofEpochSecond(1714036504);
    assertThat(envelopes.isGenuine(plain(Format.JSON), check, now)).isTrue();
    assertThat(envelopes.isGenuine(secure(Format.XML, KEY), check, now)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f464b24fc39322e44b38aa78f5edd27bd1441697",
        "f464b24fc39322e44b38aa78f5edd27bd144169",
        "zz64b24fc39322e44b38aa78f5edd27bd1441696"
      })
  void another_signature_is_not_genuine(String signature) {
    PushRequest check = request(signature, 1714036504, "1514711492", null, "");
    Instant now = Instant.ofEpochSecond(1714036504);
    assertThat(envelopes.isGenuine(plain(Format.JSON), check, now)).isFalse();
  }

  @Test
  void wechats_plain_push_is_opened() {
    Optional<PushEvent> event = open(plain(Format.JSON), plainPush(DEBUG_DEMO), PLAIN_NOW);
    assertThat(event)
        .contains(
            new PushEvent(
                Map.of(
                    "ToUserName", "gh_97417a04a28d",
                    "FromUserName", "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
                    "CreateTime", "1714037059",
                    "MsgType", "event",
                    "Event", "debug_demo",
                    "debug_str", "hello world")));
  }

  @Test
  void wechats_secure_push_is_opened() {
    Optional<PushEvent> event = open(secure(Format.JSON, KEY), securePush(), NOW);
    assertThat(event.map(PushEvent::name)).contains("debug_demo");
    assertThat(event.flatMap(opened -> opened.field("debug_str"))).contains("hello world");
    assertThat(event.map(PushEvent::createdAt)).contains(NOW);
  }

  @Test
  void a_secure_push_in_xml_is_opened() {
    Optional<PushEvent> event = open(secure(Format.XML, KEY), secureXmlPush(), NOW);
    assertThat(event.map(PushEvent::name)).contains("user_authorization_revoke");
    assertThat(event.flatMap(opened -> opened.field("RevokeInfo"))).contains("6");
  }

  @Test
  void while_one_key_replaces_another_both_are_good() {
    assertThat(open(secure(Format.JSON, OTHER_KEY, KEY), securePush(), NOW)).isPresent();
    assertThat(open(secure(Format.JSON, KEY, OTHER_KEY), securePush(), NOW)).isPresent();
    assertThat(open(secure(Format.JSON, OTHER_KEY), securePush(), NOW)).isEmpty();
  }

  @Test
  void in_compatible_mode_only_what_is_encrypted_is_read() {
    PushSettings settings = new PushSettings(Mode.COMPATIBLE, Format.JSON, TOKEN, List.of(KEY));
    String forged =
        "{\"Event\":\"user_authorization_cancellation\",\"Encrypt\":\"" + ENCRYPT + "\"}";
    PushRequest push = securePush(forged, MESSAGE_SIGNATURE);
    assertThat(open(settings, push, NOW).map(PushEvent::name)).contains("debug_demo");
    PushRequest withoutEncrypt = securePush("{\"Event\":\"x\"}", MESSAGE_SIGNATURE);
    assertThat(open(settings, withoutEncrypt, NOW)).isEmpty();
  }

  @Test
  void in_secure_mode_the_plain_signature_proves_nothing() {
    assertThat(open(secure(Format.JSON, KEY), securePush(secureBody(), SIGNATURE), NOW)).isEmpty();
    assertThat(open(secure(Format.JSON, KEY), securePush(secureBody(), null), NOW)).isEmpty();
    assertThat(open(secure(Format.JSON, KEY), plainPush(DEBUG_DEMO), PLAIN_NOW)).isEmpty();
  }

  @Test
  void a_changed_ciphertext_is_not_opened() {
    String body = secureBody().replace("+qdx1", "+qdx2");
    assertThat(open(secure(Format.JSON, KEY), securePush(body, MESSAGE_SIGNATURE), NOW)).isEmpty();
  }

  @Test
  void a_push_for_another_mini_program_is_not_opened() {
    assertThat(
            envelopes.open(
                new AppId("wxba5fad812f8e6fb8"), secure(Format.JSON, KEY), securePush(), NOW))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"300, true", "-300, true", "301, false", "-301, false"})
  void a_push_is_good_for_five_minutes(int secondsLater, boolean good) {
    assertThat(
            open(secure(Format.JSON, KEY), securePush(), NOW.plusSeconds(secondsLater)).isPresent())
        .isEqualTo(good);
    assertThat(
            open(plain(Format.JSON), plainPush(DEBUG_DEMO), PLAIN_NOW.plusSeconds(secondsLater))
                .isPresent())
        .isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "99999999999999999999", "1714112445 "})
  void a_timestamp_that_is_none_is_refused(String timestamp) {
    PushRequest push = new PushRequest(SIGNATURE, timestamp, "1", Optional.empty(), DEBUG_DEMO);
    assertThat(open(plain(Format.JSON), push, NOW)).isEmpty();
    assertThat(envelopes.isGenuine(plain(Format.JSON), push, NOW)).isFalse();
  }

  @Test
  void the_parser_of_the_other_format_sees_nothing() {
    assertThat(open(plain(Format.XML), plainPush(DEBUG_DEMO), PLAIN_NOW)).isEmpty();
    assertThat(open(plain(Format.JSON), plainPush("<xml><Event>a</Event></xml>"), PLAIN_NOW))
        .isEmpty();
    assertThat(open(secure(Format.XML, KEY), securePush(), NOW)).isEmpty();
    assertThat(open(secure(Format.JSON, KEY), secureXmlPush(), NOW)).isEmpty();
  }

  @Test
  void nested_fields_have_names_with_dots_and_lists_are_left_out() {
    String json =
        "{\"Event\":\"wxa_media_check\",\"detail\":[{\"suggest\":\"risky\"}],"
            + "\"result\":{\"suggest\":\"pass\",\"label\":100,\"deep\":{\"b\":true}},\"none\":null}";
    assertThat(open(plain(Format.JSON), plainPush(json), PLAIN_NOW).map(PushEvent::fields))
        .contains(
            Map.of(
                "Event", "wxa_media_check",
                "result.suggest", "pass",
                "result.label", "100",
                "result.deep.b", "true"));
    String xml =
        "<xml><Event><![CDATA[wxa_media_check]]></Event><detail><suggest>risky</suggest></detail>"
            + "<detail><suggest>pass</suggest></detail><result><suggest>pass</suggest>"
            + "<label>100</label></result><Empty/></xml>";
    assertThat(open(plain(Format.XML), plainPush(xml), PLAIN_NOW).map(PushEvent::fields))
        .contains(
            Map.of(
                "Event", "wxa_media_check",
                "result.suggest", "pass",
                "result.label", "100",
                "Empty", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE xml><xml><Event>a</Event></xml>",
        "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><Event>&a;</Event></xml>",
        "<!DOCTYPE xml SYSTEM \"file:///etc/passwd\"><xml><Event>a</Event></xml>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><Event>&a;</Event></xml>",
        "<xml><Event>&a;</Event></xml>",
        "<xml><Event a=\"1\">a</Event></xml>",
        "<?xml-stylesheet href=\"http://evil.example/\"?><xml><Event>a</Event></xml>",
        "<?xml version=\"1.0\" encoding=\"GBK\"?><xml><Event>a</Event></xml>",
        "<xml><Event>a</Event>",
        "<xml><Event>a</Event></xml><xml/>",
        "<!DOCTYPE xml [\u0000]><xml><Event>a</Event></xml>",
        "xml",
        ""
      })
  void xml_that_is_more_than_elements_and_texts_is_refused(String xml) {
    assertThat(open(plain(Format.XML), plainPush(xml), PLAIN_NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "1",
        "{\"Event\":",
        "{Event:1}",
        "{}{}",
        "{},{}",
        "{}]",
        "{}],["
      })
  void json_that_is_no_object_is_refused(String json) {
    assertThat(open(plain(Format.JSON), plainPush(json), PLAIN_NOW)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eight_levels_are_read_and_nine_are_not(Format format) {
    assertThat(open(plain(format), plainPush(nested(format, 8)), PLAIN_NOW)).isPresent();
    assertThat(open(plain(format), plainPush(nested(format, 9)), PLAIN_NOW)).isEmpty();
    assertThat(open(plain(format), plainPush(nested(format, 5000)), PLAIN_NOW)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void two_hundred_fields_are_read_and_one_more_is_not(Format format) {
    assertThat(open(plain(format), plainPush(wide(format, 200)), PLAIN_NOW)).isPresent();
    assertThat(open(plain(format), plainPush(wide(format, 201)), PLAIN_NOW)).isEmpty();
  }

  @Test
  void a_body_of_more_than_64_kib_is_not_read() {
    String json = "{\"a\":\"" + "x".repeat(70_000) + "\"}";
    assertThat(open(plain(Format.JSON), plainPush(json), PLAIN_NOW)).isEmpty();
  }

  private static String nested(Format format, int levels) {
    return switch (format) {
      case JSON -> "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
      case XML -> "<xml>" + "<a>".repeat(levels) + "1" + "</a>".repeat(levels) + "</xml>";
    };
  }

  private static String wide(Format format, int fields) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields; i++) {
      text.append(
          switch (format) {
            case JSON -> (i == 0 ? "" : ",") + "\"f" + i + "\":" + i;
            case XML -> "<f" + i + ">" + i + "</f" + i + ">";
          });
    }
    return format == Format.JSON ? "{" + text + "}" : "<xml>" + text + "</xml>";
  }

  private Optional<PushEvent> open(PushSettings settings, PushRequest push, Instant now) {
    return envelopes.open(APP, settings, push, now);
  }

  private static PushSettings plain(Format format) {
    return new PushSettings(Mode.PLAIN, format, TOKEN, List.of());
  }

  private static PushSettings secure(Format format, PushKey... keys) {
    return new PushSettings(Mode.SECURE, format, TOKEN, List.of(keys));
  }

  private static PushRequest plainPush(String body) {
    return request("899cf89e464efb63f54ddac96b0a0a235f53aa78", 1714037059, "486452656", null, body);
  }

  private static String secureBody() {
    return "{\"ToUserName\":\"gh_97417a04a28d\",\"Encrypt\":\"" + ENCRYPT + "\"}";
  }

  private static PushRequest securePush() {
    return securePush(secureBody(), MESSAGE_SIGNATURE);
  }

  private static PushRequest securePush(String body, String messageSignature) {
    return request(SIGNATURE, 1714112445, "415670741", messageSignature, body);
  }

  private static PushRequest secureXmlPush() {
    return securePush(
        "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName><Encrypt><![CDATA["
            + ENCRYPT_XML
            + "]]></Encrypt></xml>",
        XML_MESSAGE_SIGNATURE);
  }

  private static PushRequest request(
      String signature, long timestamp, String nonce, String messageSignature, String body) {
    return new PushRequest(
        signature, Long.toString(timestamp), nonce, Optional.ofNullable(messageSignature), body);
  }
}
