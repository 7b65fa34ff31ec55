package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.Quota;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest extends ServerApiFixture {

  private static final String TOKEN =
      "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET;
  private static final String CLEAR = "{\"appid\":\"" + APP + "\"}";

  @ParameterizedTest
  @CsvSource({
    "JSCODE2SESSION, 100,",
    "TOKEN, , 2000",
    "STABLE_TOKEN, 10000, 500000",
    "RESETUSERSESSIONKEY, 60000,",
    "MSG_SEC_CHECK, 4000, 2000000",
    "MEDIA_CHECK_ASYNC, 2000, 200000",
    "GETUSERPHONENUMBER, ,",
  })
  void the_documented_limits_are_in_force(Api api, Integer perMinute, Integer perDay) {
    assertThat(wechat.quota(api))
        .isEqualTo(new Quota(Optional.ofNullable(perMinute), Optional.ofNullable(perDay)));
  }

  @Test
  void a_user_may_exchange_a_hundred_codes_a_minute() {
    for (int i = 0; i < 100; i++) {
      assertThat(errcode(probe.get(exchange(wechat.issueCode(APP, "alice"))))).isZero();
    }
    String code = wechat.issueCode(APP, "alice");

    assertThat(probe.get(exchange(code)).body())
        .matches(
            "\\{\"errcode\":45011,\"errmsg\":\"api minute-quota reach limit, must slower, retry"
                + " next minute, rid: "
                + RID
                + "\"}");
    assertThat(errcode(probe.get(exchange(wechat.issueCode(APP, "bob"))))).isZero();
    wechat.advance(Duration.ofMinutes(1));
    assertThat(errcode(probe.get(exchange(code)))).isZero();
  }

  @Test
  void tokens_are_counted_by_the_day_of_beijing() {
    wechat.quota(Api.TOKEN, 100, 2);

    // The fixture took the first one.
    assertThat(errcode(probe.get(TOKEN))).isZero();
    assertRefused(
        probe.get(TOKEN),
        45009,
        "reach max api daily quota limit, could get access_token by getStableAccessToken, more"
            + " details at https://mmbizurl.cn/s/JtxxFh33r");
    // The clock stands at 18:00 in Beijing.
    wechat.advance(Duration.ofHours(6));
    assertThat(errcode(probe.get(TOKEN))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GETUSERPHONENUMBER, 45011",
    "CHECKSESSION, 45011",
    "RESETUSERSESSIONKEY, 45011",
    "GETUSERENCRYPTKEY, 45011",
    "CHECKENCRYPTEDMSG, 45011",
    "GETCALLBACKIP, 45011",
    "GET_API_DOMAIN_IP, 45011",
    "MSG_SEC_CHECK, 44991",
    "MEDIA_CHECK_ASYNC, 44991",
    "IMG_SEC_CHECK, 44991",
    "GETUSERRISKRANK, 61081",
    "GETPLUGINOPENPID, 1003",
  })
  void each_api_has_its_own_error_for_too_many_calls_a_minute(Api api, int errcode) {
    wechat.quota(api, 0, 1);

    assertThat(errcode(call(api))).isEqualTo(errcode);
    wechat.quota(api, 1, 0);
    assertThat(errcode(call(api))).isEqualTo(45009);
    wechat.quota(api, 1, 1);
    assertThat(errcode(call(api))).isNotIn(errcode, 45009, 41001, 43002);
    assertThat(errcode(call(api))).isEqualTo(errcode);
    wechat.advance(Duration.ofMinutes(1));
    assertThat(errcode(call(api))).isEqualTo(45009);
  }

  @Test
  void apps_do_not_share_a_quota() {
    wechat.quota(Api.GETCALLBACKIP, 1, 10);

    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isEqualTo(45011);
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, otherToken)))).isZero();
  }

  @Test
  void a_refusal_for_the_quota_burns_no_code() {
    String code = wechat.issuePhoneCode(APP, "alice");
    wechat.quota(Api.GETUSERPHONENUMBER, 0, 1);
    String body = "{\"code\":\"" + code + "\"}";

    assertThat(errcode(post(Api.GETUSERPHONENUMBER, body))).isEqualTo(45011);
    wechat.quota(Api.GETUSERPHONENUMBER, 1, 1);
    assertThat(errcode(post(Api.GETUSERPHONENUMBER, body))).isZero();
  }

  @Test
  void daily_counts_can_be_cleared_ten_times_a_month() {
    wechat.quota(Api.GETCALLBACKIP, 100, 1);
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isEqualTo(45009);

    assertThat(post(Api.CLEAR_QUOTA, CLEAR).body()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
    for (int i = 0; i < 9; i++) {
      assertThat(errcode(clearBySecret(SECRET))).isZero();
    }

    assertRefused(
        post(Api.CLEAR_QUOTA, CLEAR), 48006, "forbid to clear quota because of reaching the limit");
    assertThat(errcode(clearBySecret(SECRET))).isEqualTo(48006);
    assertThat(errcode(postAs(otherToken, Api.CLEAR_QUOTA, CLEAR.replace(APP, OTHER_APP))))
        .isZero();
    wechat.advance(Duration.ofDays(31));
    assertThat(errcode(clearBySecret(SECRET))).isZero();
  }

  @Test
  void an_app_clears_its_own_counts_only() {
    assertRefused(postAs(otherToken, Api.CLEAR_QUOTA, CLEAR), 40013, "invalid appid");
  }

  @Test
  void clearing_by_secret_takes_its_parameters_from_body_or_query() {
    String query = "?appid=" + APP + "&appsecret=" + SECRET;

    assertThat(errcode(probe.post(Api.CLEAR_QUOTA_V2.path() + query, ""))).isZero();
    assertThat(errcode(probe.get(Api.CLEAR_QUOTA_V2.path() + query))).isEqualTo(43002);
    assertThat(errcode(probe.post(Api.CLEAR_QUOTA_V2.path(), ""))).isEqualTo(41002);
    assertThat(errcode(probe.post(Api.CLEAR_QUOTA_V2.path(), CLEAR))).isEqualTo(41004);
    assertThat(errcode(probe.post(Api.CLEAR_QUOTA_V2.path(), "junk"))).isEqualTo(47001);
    assertThat(errcode(clearBySecret(Probe.OTHER_SECRET))).isEqualTo(40125);
    assertThat(errcode(probe.post(Api.CLEAR_QUOTA_V2.path(), body("wxunknown", "s"))))
        .isEqualTo(40013);
  }

  @Test
  void a_reset_forgets_the_counts_and_keeps_the_limits() {
    wechat.quota(Api.TOKEN, 1, 1);
    assertThat(json(probe.get(TOKEN)).path("errcode").asInt()).isEqualTo(45011);

    wechat.reset();

    assertThat(errcode(probe.get(TOKEN))).isZero();
    assertThat(errcode(probe.get(TOKEN))).isEqualTo(45011);
  }

  @Test
  void a_quota_is_not_negative() {
    assertThatIllegalArgumentException().isThrownBy(() -> wechat.quota(Api.TOKEN, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> wechat.quota(Api.TOKEN, 1, -1));
  }

  private HttpResponse<String> call(Api api) {
    return switch (api) {
      case GETCALLBACKIP, GET_API_DOMAIN_IP, CHECKSESSION, RESETUSERSESSIONKEY, GETUSERENCRYPTKEY ->
          get(api, signedQuery("alice", "no key at all"));
      default ->
          post(
              api,
              """
              {"code":"c","encrypted_msg_hash":"h","content":"c","version":2,"scene":1,
               "openid":"o","media_url":"u","media_type":2,"appid":"a","client_ip":"i"}
              """);
    };
  }

  private HttpResponse<String> clearBySecret(String secret) {
    return probe.post(Api.CLEAR_QUOTA_V2.path(), body(APP, secret));
  }

  private static String body(String appId, String secret) {
    return "{\"appid\":\"" + appId + "\",\"appsecret\":\"" + secret + "\"}";
  }
}
