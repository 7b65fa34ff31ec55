package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.OTHER_SECRET;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.AppSecret;
import dev.minilogin.simulator.platform.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Jscode2SessionTest extends SimulatorFixture {

  @Test
  void a_code_becomes_a_session_as_compact_json_under_text_plain() {
    HttpResponse<String> answer = probe.get(exchange(wechat.issueCode(APP, "alice")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("text/plain");
    assertThat(answer.body())
        .matches(
            "\\{\"session_key\":\"[A-Za-z0-9+/\\\\]{22,}==\",\"openid\":\"o[A-Za-z0-9_-]{27}\","
                + "\"unionid\":\"o[A-Za-z0-9_-]{27}\"}");
    JsonNode session = json(answer);
    assertThat(Base64.getDecoder().decode(session.path("session_key").asText())).hasSize(16);
    assertThat(session.path("openid").asText()).isEqualTo(wechat.openid(APP, "alice"));
    assertThat(wechat.unionid(APP, "alice")).contains(session.path("unionid").asText());
    assertThat(wechat.sessionKey(APP, "alice")).contains(session.path("session_key").asText());
  }

  @Test
  void slashes_of_a_session_key_come_escaped() {
    wechat.settings(wechat.settings().withSessionKeyMinPeriod(Duration.ZERO));
    String code;
    do {
      code = wechat.issueCode(APP, "alice");
    } while (!wechat.sessionKey(APP, "alice").orElseThrow().contains("/"));

    HttpResponse<String> answer = probe.get(exchange(code));

    assertThat(answer.body()).contains("\\/").doesNotContainPattern("[^\\\\]/");
    assertThat(wechat.sessionKey(APP, "alice")).contains(json(answer).path("session_key").asText());
  }

  @Test
  void only_apps_of_an_open_platform_account_see_a_unionid() {
    HttpResponse<String> answer =
        probe.get(exchange(UNBOUND_APP, UNBOUND_SECRET, wechat.issueCode(UNBOUND_APP, "alice")));

    assertThat(json(answer).fieldNames()).toIterable().containsExactly("session_key", "openid");
  }

  @Test
  void apps_of_one_account_share_unionids_but_not_openids() {
    JsonNode here = json(probe.get(exchange(wechat.issueCode(APP, "alice"))));
    String otherCode = wechat.issueCode(OTHER_APP, "alice");
    JsonNode there = json(probe.get(exchange(OTHER_APP, OTHER_SECRET, otherCode)));

    assertThat(there.path("unionid")).isEqualTo(here.path("unionid"));
    assertThat(there.path("openid")).isNotEqualTo(here.path("openid"));
    assertThat(wechat.unionid(APP, "bob")).isNotEqualTo(wechat.unionid(APP, "alice"));
  }

  @Test
  void openids_and_unionids_survive_a_restart() {
    try (WeChatSimulator again = WeChatSimulator.start(options())) {
      assertThat(again.openid(APP, "alice")).isEqualTo(wechat.openid(APP, "alice"));
      assertThat(again.unionid(APP, "alice")).isEqualTo(wechat.unionid(APP, "alice"));
    }
  }

  @Test
  void codes_are_32_alphanumeric_characters_and_never_the_same() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String code = wechat.issueCode(APP, "alice");
      assertThat(code).matches("[0-9A-Za-z]{32}");
      codes.add(code);
    }
    assertThat(codes).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 41002, appid missing",
    "'?appid=&secret=s&js_code=c', 41002, appid missing",
    "'?appid=wxunknown', 41004, appsecret missing",
    "'?appid=wxunknown&secret=s', 41008, missing code",
    "'?appid=wxunknown&secret=s&js_code=c', 40013, invalid appid",
    "'?appid=wx1111aaaa2222bbbb&secret=s&js_code=c', 40125, invalid appsecret",
  })
  void parameters_are_checked_in_weChats_order(String query, int errcode, String message) {
    HttpResponse<String> answer = probe.get("/sns/jscode2session" + query);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("text/plain");
    assertThat(answer.body())
        .matches(
            "\\{\"errcode\":"
                + errcode
                + ",\"errmsg\":\""
                + message
                + ", rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}\"}");
  }

  @Test
  void the_rid_tells_the_time_of_the_call() {
    wechat.advance(Duration.ofSeconds(90));

    String message = json(probe.get("/sns/jscode2session")).path("errmsg").asText();

    String rid = message.substring(message.indexOf("rid: ") + 5);
    assertThat(Long.parseLong(rid.substring(0, 8), 16))
        .isEqualTo(START.plusSeconds(90).getEpochSecond());
  }

  @Test
  void a_code_works_once() {
    String code = wechat.issueCode(APP, "alice");

    assertThat(json(probe.get(exchange(code))).has("errcode")).isFalse();
    HttpResponse<String> second = probe.get(exchange(code));

    assertThat(errcode(second)).isEqualTo(40163);
    assertThat(json(second).path("errmsg").asText()).startsWith("code been used, rid: ");
  }

  @Test
  void of_many_exchanges_at_once_one_wins() {
    String code = wechat.issueCode(APP, "alice");

    List<Integer> errcodes =
        Stream.generate(() -> probe.getLater(exchange(code))).limit(16).toList().stream()
            .map(answer -> errcode(answer.join()))
            .sorted()
            .toList();

    assertThat(errcodes).hasSize(16).startsWith(0);
    assertThat(errcodes.subList(1, 16)).containsOnly(40163);
  }

  @Test
  void junk_is_an_invalid_code() {
    assertThat(errcode(probe.get(exchange("junk")))).isEqualTo(40029);
  }

  @Test
  void a_code_lives_five_minutes() {
    String inTime = wechat.issueCode(APP, "alice");
    String late = wechat.issueCode(APP, "alice");

    time.set(START.plus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(errcode(probe.get(exchange(inTime)))).isZero();
    time.set(START.plus(Duration.ofMinutes(5)));
    assertThat(errcode(probe.get(exchange(late)))).isEqualTo(40029);
  }

  @Test
  void the_lifetime_of_codes_can_be_set() {
    wechat.settings(wechat.settings().withCodeLifetime(Duration.ofSeconds(2)));
    String code = wechat.issueCode(APP, "alice");

    wechat.advance(Duration.ofSeconds(2));

    assertThat(errcode(probe.get(exchange(code)))).isEqualTo(40029);
  }

  @Test
  void another_apps_code_is_invalid_and_stays_good_for_its_own() {
    String code = wechat.issueCode(APP, "alice");

    assertThat(errcode(probe.get(exchange(OTHER_APP, OTHER_SECRET, code)))).isEqualTo(40029);
    assertThat(errcode(probe.get(exchange(code)))).isZero();
  }

  @Test
  void a_wrong_secret_does_not_burn_the_code() {
    String code = wechat.issueCode(APP, "alice");

    assertThat(errcode(probe.get(exchange(APP, OTHER_SECRET, code)))).isEqualTo(40125);
    assertThat(errcode(probe.get(exchange(code)))).isZero();
  }

  @Test
  void a_blocked_user_cannot_log_in() {
    String code = wechat.issueCode(APP, "mallory");
    wechat.addUser(new User("mallory", true));

    assertThat(errcode(probe.get(exchange(code)))).isEqualTo(40226);
    wechat.addUser(new User("mallory", false));
    assertThat(errcode(probe.get(exchange(code)))).isZero();
  }

  @Test
  void a_frozen_secret_is_refused() {
    wechat.addApp(new App(APP, new AppSecret(SECRET), Optional.empty(), false));

    assertThat(errcode(probe.get(exchange("any")))).isEqualTo(40243);
  }

  @Test
  void unknown_query_parameters_and_any_order_are_accepted() {
    String code = wechat.issueCode(APP, "alice");

    HttpResponse<String> answer =
        probe.get(
            "/sns/jscode2session?access_token=whatever&js_code="
                + code
                + "&secret="
                + SECRET
                + "&grant_type=authorization_code&appid="
                + APP
                + "&x");

    assertThat(json(answer).has("openid")).isTrue();
  }

  @Test
  void a_missing_grant_type_is_accepted_and_noted() {
    String code = wechat.issueCode(APP, "alice");

    HttpResponse<String> answer =
        probe.get("/sns/jscode2session?appid=" + APP + "&secret=" + SECRET + "&js_code=" + code);

    assertThat(json(answer).has("openid")).isTrue();
    assertThat(wechat.wireAfter(0).getLast().note().orElseThrow()).contains("grant_type");
  }

  @ParameterizedTest
  @CsvSource({"/sns/nothing", "/cgi-bin/nothing", "/", "/sns/jscode2session/"})
  void unknown_paths_are_an_error_with_a_space_before_the_rid(String path) {
    HttpResponse<String> answer = probe.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("application/json; encoding=utf-8");
    assertThat(answer.body())
        .matches(
            "\\{\"errcode\":40066,\"errmsg\":\"invalid url rid:"
                + " [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}\"}");
  }
}
