package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.AppSecret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest extends SimulatorFixture {

  private static final String PLAIN =
      "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET;
  private static final String STABLE = "/cgi-bin/stable_token";

  @Test
  void a_plain_token_looks_like_weChats() {
    HttpResponse<String> answer = probe.get(PLAIN);

    assertThat(contentType(answer)).isEqualTo("application/json; encoding=utf-8");
    assertThat(answer.body())
        .matches("\\{\"access_token\":\"\\d\\d_[A-Za-z0-9_-]{133}\",\"expires_in\":7200}");
    assertThat(stateOf(token(answer))).isEqualTo(AccessTokenState.VALID);
    assertThat(stateOf("12_unknown")).isEqualTo(AccessTokenState.UNKNOWN);
  }

  @Test
  void each_plain_call_gives_a_new_token_and_both_work_for_five_minutes() {
    String old = token(probe.get(PLAIN));
    String young = token(probe.get(PLAIN));

    assertThat(young).isNotEqualTo(old);
    wechat.advance(Duration.ofSeconds(299));
    assertThat(stateOf(old)).isEqualTo(AccessTokenState.VALID);
    wechat.advance(Duration.ofSeconds(1));
    assertThat(stateOf(old)).isEqualTo(AccessTokenState.DISPLACED);
    assertThat(stateOf(young)).isEqualTo(AccessTokenState.VALID);
  }

  @Test
  void a_displaced_token_does_not_outlive_its_own_end() {
    String old = token(probe.get(PLAIN));
    wechat.advance(Duration.ofSeconds(7190));
    probe.get(PLAIN);

    wechat.advance(Duration.ofSeconds(10));

    assertThat(stateOf(old)).isEqualTo(AccessTokenState.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 41002, appid missing",
    "'?appid=wxunknown', 41004, appsecret missing",
    "'?appid=wxunknown&secret=s&grant_type=x', 40013, invalid appid",
    "'?appid=wx1111aaaa2222bbbb&secret=s&grant_type=client_credential', 40125, invalid appsecret",
    "'?appid=wx1111aaaa2222bbbb&secret=0123456789abcdef0123456789abcdef', 40002, invalid"
        + " grant_type",
  })
  void errors_have_a_space_before_the_rid(String query, int errcode, String message) {
    HttpResponse<String> answer = probe.get("/cgi-bin/token" + query);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(errcode(answer)).isEqualTo(errcode);
    assertThat(json(answer).path("errmsg").asText())
        .matches(message + " rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}");
  }

  @Test
  void a_frozen_secret_is_refused() {
    wechat.addApp(new App(APP, new AppSecret(SECRET), Optional.empty(), false));

    assertThat(errcode(probe.get(PLAIN))).isEqualTo(40243);
    assertThat(errcode(stable(false))).isEqualTo(40243);
  }

  @Test
  void the_stable_token_stays_the_same_and_tells_what_is_left() {
    HttpResponse<String> first = stable(false);
    wechat.advance(Duration.ofSeconds(6900));
    HttpResponse<String> later = stable(false);

    assertThat(contentType(first)).isEqualTo("application/json; encoding=utf-8");
    assertThat(json(first).path("expires_in").asInt()).isEqualTo(7200);
    assertThat(token(later)).isEqualTo(token(first));
    assertThat(json(later).path("expires_in").asInt()).isEqualTo(300);
  }

  @Test
  void the_stable_token_is_renewed_five_minutes_early_and_both_work() {
    String old = token(stable(false));
    wechat.advance(Duration.ofSeconds(6901));

    JsonNode renewed = json(stable(false));

    assertThat(renewed.path("access_token").asText()).isNotEqualTo(old);
    assertThat(renewed.path("expires_in").asInt()).isEqualTo(7200);
    wechat.advance(Duration.ofSeconds(298));
    assertThat(stateOf(old)).isEqualTo(AccessTokenState.VALID);
    wechat.advance(Duration.ofSeconds(1));
    assertThat(stateOf(old)).isEqualTo(AccessTokenState.EXPIRED);
  }

  @Test
  void a_forced_refresh_kills_the_old_token_at_once() {
    String old = token(stable(false));

    String forced = token(stable(true));

    assertThat(forced).isNotEqualTo(old);
    assertThat(stateOf(old)).isEqualTo(AccessTokenState.DISPLACED);
    assertThat(token(stable(false))).isEqualTo(forced);
  }

  @Test
  void a_forced_refresh_within_thirty_seconds_of_another_changes_nothing() {
    String forced = token(stable(true));

    wechat.advance(Duration.ofSeconds(29));
    assertThat(token(stable(true))).isEqualTo(forced);
    wechat.advance(Duration.ofSeconds(1));
    assertThat(token(stable(true))).isNotEqualTo(forced);
  }

  @Test
  void twenty_forced_refreshes_are_allowed_on_a_day_of_beijing() {
    for (int i = 0; i < 20; i++) {
      assertThat(errcode(stable(true))).isZero();
      wechat.advance(Duration.ofSeconds(30));
    }

    assertThat(errcode(stable(true))).isEqualTo(45009);
    assertThat(errcode(stable(false))).isZero();
    // The clock started at 18:00 in Beijing and stands at 18:10.
    wechat.advance(Duration.ofHours(5).plusMinutes(50));
    assertThat(errcode(stable(true))).isZero();
  }

  @Test
  void the_two_families_never_touch_each_other() {
    String plain = token(probe.get(PLAIN));
    String stable = token(stable(false));

    String forced = token(stable(true));
    assertThat(stateOf(plain)).isEqualTo(AccessTokenState.VALID);
    assertThat(stateOf(stable)).isEqualTo(AccessTokenState.DISPLACED);

    probe.get(PLAIN);
    wechat.advance(Duration.ofMinutes(5));
    assertThat(stateOf(plain)).isEqualTo(AccessTokenState.DISPLACED);
    assertThat(stateOf(forced)).isEqualTo(AccessTokenState.VALID);
    assertThat(token(stable(false))).isEqualTo(forced);
  }

  @Test
  void stable_token_wants_post() {
    HttpResponse<String> answer = probe.get(STABLE);

    assertThat(errcode(answer)).isEqualTo(43002);
    assertThat(json(answer).path("errmsg").asText()).startsWith("require POST method rid: ");
  }

  @Test
  void stable_token_wants_a_body() {
    assertThat(errcode(probe.post(STABLE, ""))).isEqualTo(44002);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junk",
        "[]",
        "{\"appid\":",
        "{\"grant_type\":\"client_credential\",\"appid\":\"a\",\"secret\":\"s\",\"force_refresh\":1}"
      })
  void stable_token_wants_json_of_its_kind(String body) {
    HttpResponse<String> answer = probe.post(STABLE, body);

    assertThat(errcode(answer)).isEqualTo(47001);
    assertThat(json(answer).path("errmsg").asText())
        .matches("data format error hint: \\[[0-9A-Za-z]{6}] rid: [0-9a-f-]{26}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 41002",
        "{\"appid\":\"wxunknown\"} | 41004",
        "{\"appid\":\"wxunknown\",\"secret\":\"s\"} | 40013",
        "{\"appid\":\"wx1111aaaa2222bbbb\",\"secret\":\"s\"} | 40125",
        "{\"appid\":\"wx1111aaaa2222bbbb\",\"secret\":\"0123456789abcdef0123456789abcdef\"} |"
            + " 40002",
      })
  void stable_token_checks_its_fields(String body, int errcode) {
    assertThat(errcode(probe.post(STABLE, body))).isEqualTo(errcode);
  }

  @Test
  void stable_token_can_do_without_force_refresh() {
    String body =
        "{\"grant_type\":\"client_credential\",\"appid\":\""
            + APP
            + "\",\"secret\":\""
            + SECRET
            + "\"}";

    assertThat(errcode(probe.post(STABLE, body))).isZero();
  }

  private HttpResponse<String> stable(boolean force) {
    return probe.post(
        STABLE,
        "{\"grant_type\":\"client_credential\",\"appid\":\""
            + APP
            + "\",\"secret\":\""
            + SECRET
            + "\",\"force_refresh\":"
            + force
            + "}");
  }

  private AccessTokenState stateOf(String token) {
    return wechat.stateOfAccessToken(token);
  }

  private static String token(HttpResponse<String> answer) {
    return json(answer).path("access_token").asText();
  }
}
