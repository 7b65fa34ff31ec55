package dev.minilogin.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  private static final String TOKEN = "mls1_" + "x".repeat(49);

  @ParameterizedTest
  @CsvSource({"abcdefghijkl, abcd…(12)", "abcdefghijk, …(11)", "'', …(0)"})
  void a_value_shows_its_start_only_if_it_is_long(String value, String masked) {
    assertThat(Masking.value(value)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "appSecret",
        "js_code",
        "code",
        "phoneCode",
        "session_key",
        "sessionKey",
        "access_token",
        "token",
        "openid",
        "openId",
        "OPENID",
        "unionid",
        "encryptedData",
        "encrypted_data",
        "iv",
        "phoneNumber",
        "purePhoneNumber",
        "Authorization",
        "mobile_no",
        "email_address",
        "openpid",
        "OpenPID",
        "FromUserName",
        "encrypt_key",
        "encryptKey",
        "Encrypt",
        "signature",
        "msg_signature",
        "encodingAesKey"
      })
  void secrets_are_known_by_their_names(String name) {
    String secret = "planted-secret-value";

    assertThat(Masking.body("{\"" + name + "\":\"" + secret + "\"}"))
        .isEqualTo("{\"" + name + "\":\"plan…(20)\"}");
    assertThat(Masking.body("{\"" + name + "\":\"" + secret)).doesNotContain(secret);
    assertThat(Masking.body("<p>" + name + "=" + secret + "</p>")).doesNotContain(secret);
    assertThat(Masking.body("<p>" + name + ": '" + secret + "'</p>")).doesNotContain(secret);
    assertThat(Masking.target("/p", Optional.of("a=1&" + name + "=" + secret + "&b=2")))
        .isEqualTo("/p?a=1&" + name + "=plan…(20)&b=2");
  }

  @Test
  void what_is_no_secret_stays() {
    String body =
        "{\"errcode\":40029,\"errmsg\":\"invalid code, rid: 66c69111-4157f271-729ca238\","
            + "\"expiresIn\":7200,\"tokenType\":\"Bearer\",\"newUser\":true,\"nickname\":null}";

    assertThat(Masking.body(body)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"13580006666", "8613580006666", "+8613580006666", "19912345678"})
  void chinese_phone_numbers_are_known_by_their_look(String number) {
    assertThat(Masking.body("{\"detail\":\"call " + number + "!\"}"))
        .isEqualTo("{\"detail\":\"call " + Masking.value(number) + "!\"}");
    assertThat(Masking.target("/p/" + number, Optional.of("q=" + number)))
        .isEqualTo("/p/" + Masking.value(number) + "?q=" + Masking.value(number));
  }

  @Test
  void times_counts_and_what_an_url_check_echoes_are_no_secrets() {
    String body = "{\"createTime\":1637744274,\"millis\":1637744274123,\"n\":\"12580006666\"}";

    assertThat(Masking.body(body)).isEqualTo(body);
    assertThat(Masking.target("/push", Optional.of("timestamp=1714036504&echostr=4375120948345")))
        .isEqualTo("/push?timestamp=1714036504&echostr=4375120948345");
  }

  @Test
  void a_push_in_xml_shows_no_openid_and_nothing_encrypted() {
    String masked =
        Masking.body(
            "<xml><FromUserName><![CDATA[owAqB1v0ahK_Xlc7GshIDdf2yf7E]]></FromUserName>"
                + "<OpenID><![CDATA[owAqB1nqaOYYWl0Ng484G2z5NIwU]]></OpenID>"
                + "<Encrypt><![CDATA[+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/=]]></Encrypt>"
                + "<Event><![CDATA[user_info_modified]]></Event></xml>");

    assertThat(masked)
        .contains("user_info_modified")
        .doesNotContain("hK_Xlc7GshIDdf2yf7E", "nqaOYYWl0Ng484G2z5NIwU", "OKCy+5JPCBFWw70tm0f");
  }

  @Test
  void everything_below_a_secret_name_is_masked() {
    assertThat(Masking.body("{\"code\":{\"value\":\"abc\",\"n\":12345},\"iv\":[\"a\",true,null]}"))
        .isEqualTo("{\"code\":{\"value\":\"…(3)\",\"n\":\"…(5)\"},\"iv\":[\"…(1)\",true,null]}");
  }

  @Test
  void secrets_are_found_at_any_depth_and_inside_json_strings() {
    assertThat(Masking.body("[{\"a\":[{\"openid\":\"planted\"}]}]")).doesNotContain("planted");
    assertThat(Masking.body("{\"rawData\":\"{\\\"openId\\\":\\\"planted\\\"}\"}"))
        .isEqualTo("{\"rawData\":\"{\\\"openId\\\":\\\"…(7)\\\"}\"}");
  }

  @Test
  void escapes_hide_nothing() {
    assertThat(Masking.body("{\"open\\u0069d\":\"planted\"}")).doesNotContain("planted");
    assertThat(Masking.target("/p", Optional.of("js%5Fcode=pla%6Eted&x=%zz")))
        .isEqualTo("/p?js%5Fcode=…(7)&x=%zz");
  }

  @Test
  void tokens_and_session_keys_are_known_by_their_look() {
    assertThat(Masking.body("{\"detail\":\"bad " + TOKEN + "!\"}"))
        .isEqualTo("{\"detail\":\"bad mls1…(54)!\"}");
    assertThat(Masking.body("{\"x\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}")).contains("AAAA…(24)");
    assertThat(Masking.target("/v1/" + TOKEN, Optional.of("q=" + TOKEN)))
        .isEqualTo("/v1/mls1…(54)?q=mls1…(54)");
  }

  @Test
  void long_runs_in_text_are_masked() {
    assertThat(Masking.body("<h1>502</h1> " + "a1".repeat(16) + " end"))
        .isEqualTo("<h1>502</h1> a1a1…(32) end");
  }

  @Test
  void an_authorization_header_keeps_its_scheme() {
    assertThat(Masking.authorization("Bearer " + TOKEN)).isEqualTo("Bearer mls1…(54)");
    assertThat(Masking.authorization(TOKEN)).isEqualTo("mls1…(54)");
  }

  @Test
  void the_code_of_a_problem_is_its_name() {
    assertThat(Masking.problem("{\"code\":\"code-used\",\"token\":\"planted\"}"))
        .isEqualTo("{\"code\":\"code-used\",\"token\":\"…(7)\"}");
    assertThat(Masking.problem("{\"code\":\"083tjT000WK8kM17Dw000FdPPi4tjT0F\"}"))
        .isEqualTo("{\"code\":\"083t…(32)\"}");
    assertThat(Masking.problem("{\"errors\":[{\"code\":\"abc-def\"}]}")).doesNotContain("abc-def");
  }
}
