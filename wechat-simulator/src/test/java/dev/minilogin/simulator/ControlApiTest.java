package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest extends SimulatorFixture {

  @Test
  void apps_are_listed_without_their_secrets() {
    HttpResponse<String> apps = probe.get("/simulator/apps");

    assertThat(json(apps))
        .isEqualTo(
            json(
                """
                [{"appId":"wx1111aaaa2222bbbb","openPlatform":"group","enabled":true},
                 {"appId":"wx3333cccc4444dddd","openPlatform":"group","enabled":true},
                 {"appId":"wx5555eeee6666ffff","enabled":true}]
                """));
  }

  @Test
  void an_app_can_be_added_and_replaced() {
    probe.post("/simulator/apps", "{\"appId\":\"wxnew\",\"appSecret\":\"first\"}");
    HttpResponse<String> replaced =
        probe.post(
            "/simulator/apps",
            "{\"appId\":\"wxnew\",\"appSecret\":\"second\",\"openPlatform\":\"group\"}");

    assertThat(replaced.body())
        .isEqualTo("{\"appId\":\"wxnew\",\"openPlatform\":\"group\",\"enabled\":true}");
    String code = wechat.issueCode("wxnew", "alice");
    assertThat(errcode(probe.get(exchange("wxnew", "first", code)))).isEqualTo(40125);
    assertThat(json(probe.get(exchange("wxnew", "second", code))).has("unionid")).isTrue();
  }

  @Test
  void users_can_be_added_blocked_and_listed() {
    probe.post("/simulator/users", "{\"user\":\"bob\"}");
    probe.post("/simulator/users", "{\"user\":\"alice\",\"blocked\":true}");

    assertThat(probe.get("/simulator/users").body())
        .isEqualTo(
            "[{\"user\":\"alice\",\"blocked\":true,\"countryCode\":\"86\",\"riskRank\":0},"
                + "{\"user\":\"bob\",\"blocked\":false,\"countryCode\":\"86\",\"riskRank\":0}]");
  }

  @Test
  void what_is_not_said_of_a_user_stays_as_it_was_and_a_number_is_shown_masked() {
    probe.post("/simulator/users", "{\"user\":\"alice\",\"phone\":\"13580006677\",\"riskRank\":2}");
    HttpResponse<String> blocked =
        probe.post("/simulator/users", "{\"user\":\"alice\",\"blocked\":true}");
    probe.post("/simulator/users", "{\"user\":\"bob\",\"phone\":\"5550\",\"countryCode\":\"1\"}");

    assertThat(blocked.body())
        .isEqualTo(
            "{\"user\":\"alice\",\"blocked\":true,\"phone\":\"135******77\","
                + "\"countryCode\":\"86\",\"riskRank\":2}");
    assertThat(wechat.users().getFirst())
        .isEqualTo(new User("alice", true).withPhone("13580006677").withRiskRank(2));
    assertThat(probe.get("/simulator/users").body()).contains("****\",\"countryCode\":\"1\"");
  }

  @Test
  void a_user_can_have_been_in_the_apps_or_not() {
    String alice = "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}";
    assertThat(checkText("alice")).isEqualTo(40003);

    probe.post("/simulator/users", "{\"user\":\"alice\"}");
    assertThat(checkText("alice")).isEqualTo(61010);
    assertThat(probe.post("/simulator/visits", alice).body()).isEqualTo("{\"visited\":true}");
    assertThat(checkText("alice")).isZero();
    probe.post("/simulator/users", "{\"user\":\"alice\",\"visited\":false}");
    assertThat(checkText("alice")).isEqualTo(61010);
    probe.post("/simulator/users", "{\"user\":\"alice\",\"visited\":true}");
    assertThat(checkText("alice")).isZero();
  }

  @Test
  void codes_of_all_kinds_are_issued_and_listed_masked_while_they_are_good() {
    String alice = "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}";
    String login = json(probe.post("/simulator/codes", alice)).path("code").asText();
    String phone = json(probe.post("/simulator/phone-codes", alice)).path("code").asText();
    String plugin = json(probe.post("/simulator/plugin-codes", alice)).path("code").asText();

    HttpResponse<String> pending = probe.get("/simulator/codes");

    assertThat(phone).matches("[0-9a-f]{64}");
    assertThat(plugin).matches("[0-9a-f]{64}");
    assertThat(pending.body()).doesNotContain(login, phone, plugin);
    assertThat(json(pending))
        .extracting(code -> code.path("kind").asText())
        .containsExactly("login", "phone", "plugin");
    assertThat(json(pending).path(1))
        .isEqualTo(
            json(
                """
                {"kind":"phone","appId":"%s","user":"alice","code":"%s…(64)",
                 "expiresAt":"2026-11-22T10:05:00Z"}
                """
                    .formatted(APP, phone.substring(0, 4))));
    probe.get(exchange(login));
    assertThat(json(probe.get("/simulator/codes"))).hasSize(2);
    wechat.advance(Duration.ofMinutes(5));
    assertThat(json(probe.get("/simulator/codes"))).isEmpty();
  }

  @Test
  void session_keys_are_listed_without_their_values() {
    String code = wechat.issueCode(APP, "alice");
    probe.get(exchange(code));

    HttpResponse<String> keys = probe.get("/simulator/session-keys");

    assertThat(keys.body()).doesNotContain(wechat.sessionKey(APP, "alice").orElseThrow());
    assertThat(json(keys))
        .isEqualTo(
            json(
                """
                [{"appId":"wx1111aaaa2222bbbb","user":"alice","valid":true},
                 {"appId":"wx3333cccc4444dddd","user":"alice","valid":false},
                 {"appId":"wx5555eeee6666ffff","user":"alice","valid":false}]
                """));
  }

  @Test
  void open_data_is_encrypted_with_a_watermark() {
    HttpResponse<String> data =
        probe.post(
            "/simulator/open-data",
            "{\"appId\":\"" + APP + "\",\"user\":\"alice\",\"data\":{\"stepInfoList\":[]}}");

    assertThat(json(data).fieldNames()).toIterable().containsExactly("encryptedData", "iv");
    assertThat(data.body()).doesNotContain("stepInfoList");
    assertThat(wechat.sessionKey(APP, "alice")).isPresent();
  }

  @Test
  void access_tokens_can_be_killed_and_expired() {
    String stable = stableToken();
    assertThat(probe.post("/simulator/access-tokens/kill", onlyApp()).body())
        .isEqualTo("{\"killed\":true}");
    assertThat(wechat.stateOfAccessToken(stable)).isEqualTo(AccessTokenState.DISPLACED);

    String plain = json(probe.get(tokenPath())).path("access_token").asText();
    String next = stableToken();
    assertThat(probe.post("/simulator/access-tokens/expire", onlyApp()).body())
        .isEqualTo("{\"expired\":true}");
    assertThat(wechat.stateOfAccessToken(plain)).isEqualTo(AccessTokenState.EXPIRED);
    assertThat(wechat.stateOfAccessToken(next)).isEqualTo(AccessTokenState.EXPIRED);
  }

  @Test
  void quotas_can_be_lowered_and_calls_are_counted() {
    assertThat(
            probe
                .post("/simulator/quotas", "{\"api\":\"token\",\"perMinute\":5,\"perDay\":1}")
                .body())
        .isEqualTo("{\"api\":\"token\",\"perMinute\":5,\"perDay\":1}");

    assertThat(errcode(probe.get(tokenPath()))).isZero();
    assertThat(errcode(probe.get(tokenPath()))).isEqualTo(45009);

    assertThat(json(probe.get("/simulator/quotas")).path(1))
        .isEqualTo(json("{\"api\":\"token\",\"perMinute\":5,\"perDay\":1}"));
    JsonNode calls = json(probe.get("/simulator/calls"));
    assertThat(calls).hasSize(Api.values().length);
    assertThat(calls.path(1)).isEqualTo(json("{\"api\":\"token\",\"calls\":2}"));
  }

  @Test
  void a_code_is_issued_for_anybody_and_registers_them() {
    HttpResponse<String> issued =
        probe.post("/simulator/codes", "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}");

    assertThat(issued.body()).matches("\\{\"code\":\"[0-9A-Za-z]{32}\"}");
    assertThat(errcode(probe.get(exchange(json(issued).path("code").asText())))).isZero();
    assertThat(wechat.users()).extracting("name").containsExactly("alice");
  }

  @Test
  void a_session_key_can_be_expired() {
    wechat.issueCode(APP, "alice");

    HttpResponse<String> expired =
        probe.post(
            "/simulator/session-keys/expire", "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}");

    assertThat(expired.body()).isEqualTo("{\"expired\":true}");
    assertThat(wechat.sessionKey(APP, "alice")).isEmpty();
  }

  @Test
  void faults_can_be_injected_listed_and_cleared() {
    HttpResponse<String> added =
        probe.post(
            "/simulator/faults",
            """
            {"api":"jscode2session","appId":"%s","errcode":-1,"errmsg":"m","latencyMillis":1,"times":2}
            """
                .formatted(APP));
    probe.post("/simulator/faults", "{\"api\":\"*\",\"hang\":true}");
    probe.post("/simulator/faults", "{\"api\":\"token\",\"cut\":true}");
    probe.post("/simulator/faults", "{\"api\":\"token\",\"httpStatus\":502,\"body\":\"<html>\"}");

    assertThat(added.body()).isEqualTo("{\"id\":\"f1\"}");
    assertThat(json(probe.get("/simulator/faults")))
        .isEqualTo(
            json(
                """
                [{"id":"f1","api":"jscode2session","appId":"%s","errcode":-1,"errmsg":"m","latencyMillis":1,"times":2},
                 {"id":"f2","api":"*","hang":true},
                 {"id":"f3","api":"token","cut":true},
                 {"id":"f4","api":"token","httpStatus":502,"body":"<html>"}]
                """
                    .formatted(APP)));
    assertThat(errcode(probe.get(exchange("c")))).isEqualTo(-1);
    assertThat(probe.delete("/simulator/faults").body()).isEqualTo("{\"removed\":4}");
    assertThat(wechat.faults()).isEmpty();
  }

  @Test
  void the_clock_can_be_read_and_advanced() {
    assertThat(probe.get("/simulator/clock").body())
        .isEqualTo("{\"now\":\"2026-11-22T10:00:00Z\"}");
    assertThat(probe.post("/simulator/clock", "{\"advanceSeconds\":3600}").body())
        .isEqualTo("{\"now\":\"2026-11-22T11:00:00Z\"}");
    assertThat(wechat.now()).isEqualTo(START.plus(Duration.ofHours(1)));
  }

  @Test
  void settings_change_one_by_one() {
    assertThat(probe.get("/simulator/settings").body())
        .isEqualTo(
            "{\"rejectChunked\":true,\"codeLifetimeSeconds\":300,\"sessionKeyMinPeriodSeconds\":60,"
                + "\"mediaCheckDelayMillis\":300,\"pushBeforeAnswer\":false,"
                + "\"phoneQuotaExhausted\":false,\"pushTimeoutMillis\":5000,"
                + "\"pushRetryPauseMillis\":1000}");
    probe.post("/simulator/settings", "{\"codeLifetimeSeconds\":10,\"pushTimeoutMillis\":20}");
    probe.post("/simulator/settings", "{\"sessionKeyMinPeriodSeconds\":0}");
    probe.post("/simulator/settings", "{\"mediaCheckDelayMillis\":1,\"pushRetryPauseMillis\":2}");
    probe.post("/simulator/settings", "{\"pushBeforeAnswer\":true,\"phoneQuotaExhausted\":true}");
    assertThat(probe.post("/simulator/settings", "{\"rejectChunked\":false}").body())
        .isEqualTo(
            "{\"rejectChunked\":false,\"codeLifetimeSeconds\":10,\"sessionKeyMinPeriodSeconds\":0,"
                + "\"mediaCheckDelayMillis\":1,\"pushBeforeAnswer\":true,"
                + "\"phoneQuotaExhausted\":true,\"pushTimeoutMillis\":20,"
                + "\"pushRetryPauseMillis\":2}");
    assertThat(wechat.settings().codeLifetime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(wechat.settings().pushTimeout()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void a_reset_forgets_everything_but_apps_and_settings() {
    String code = wechat.issueCode(APP, "alice");
    String token = json(probe.get(tokenPath())).path("access_token").asText();
    wechat.addFault(Fault.onEveryApi().errcode(-1).always());
    wechat.advance(Duration.ofDays(1));
    wechat.settings(wechat.settings().withRejectChunked(false));
    wechat.phone().setOffline(true);
    long lastId = wechat.wireAfter(0).getLast().id();

    assertThat(probe.post("/simulator/reset", "").statusCode()).isEqualTo(200);

    assertThat(wechat.users()).isEmpty();
    assertThat(wechat.faults()).isEmpty();
    assertThat(wechat.now()).isEqualTo(START);
    assertThat(wechat.wireAfter(0)).isEmpty();
    assertThat(wechat.calls(Api.TOKEN)).isZero();
    assertThat(wechat.stateOfAccessToken(token)).hasToString("UNKNOWN");
    assertThat(wechat.sessionKey(APP, "alice")).isEmpty();
    assertThat(wechat.phone().isOffline()).isFalse();
    assertThat(wechat.apps()).hasSize(3);
    assertThat(wechat.settings().rejectChunked()).isFalse();
    assertThat(errcode(probe.get(exchange(code)))).isEqualTo(40029);
    assertThat(wechat.wireAfter(0).getLast().id()).isEqualTo(lastId + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/simulator/codes | {\"appId\":\"wxunknown\",\"user\":\"alice\"} | 404 | no such app",
        "/simulator/codes | {\"user\":\"alice\"} | 400 | appId is missing",
        "/simulator/codes | {\"appId\":\"wx1111aaaa2222bbbb\",\"user\":\"<b>\"} | 400 | user must"
            + " match",
        "/simulator/codes | {\"appId\": | 400 | not the JSON",
        "/simulator/codes | null | 400 | must be a JSON object",
        "/simulator/codes | '' | 400 | not the JSON",
        "/simulator/apps | {\"appId\":\"wxnew\"} | 400 | appSecret must have",
        "/simulator/apps | {\"appId\":\"a b\",\"appSecret\":\"s\"} | 400 | appId must match",
        "/simulator/apps | {\"appId\":\"a\",\"appSecret\":\"s\",\"openPlatform\":\"\"} | 400 |"
            + " openPlatform",
        "/simulator/faults | {\"hang\":true} | 400 | api must be",
        "/simulator/faults | {\"api\":\"login\",\"hang\":true} | 400 | api must be",
        "/simulator/faults | {\"api\":\"*\"} | 400 | must do something",
        "/simulator/clock | {} | 400 | advanceSeconds is missing",
        "/simulator/clock | {\"advanceSeconds\":-1} | 400 | backwards",
        "/simulator/settings | {\"codeLifetimeSeconds\":0} | 400 | codeLifetime",
        "/simulator/settings | {\"rejectChunked\":\"yes\"} | 400 | not the JSON",
        "/simulator/settings | {\"pushTimeoutMillis\":0} | 400 | pushTimeout",
        "/simulator/users | {\"user\":\"a\",\"phone\":\"12ab\"} | 400 | phone must match",
        "/simulator/users | {\"user\":\"a\",\"riskRank\":5} | 400 | riskRank must be",
        "/simulator/users | {} | 400 | user must match",
        "/simulator/visits | {\"appId\":\"wxunknown\",\"user\":\"alice\"} | 404 | no such app",
        "/simulator/phone-codes | {\"user\":\"alice\"} | 400 | appId is missing",
        "/simulator/plugin-codes | {\"appId\":\"wx1111aaaa2222bbbb\"} | 400 | user is missing",
        "/simulator/open-data | {\"appId\":\"wx1\",\"user\":\"a\"} | 400 | data is missing",
        "/simulator/open-data | {\"appId\":\"wx1\",\"user\":\"a\",\"data\":[]} | 400 | not the"
            + " JSON",
        "/simulator/media-verdicts | {\"appId\":\"wx1\",\"suggest\":\"bad\"} | 400 | suggest must"
            + " be",
        "/simulator/media-verdicts | {\"appId\":\"wx1\",\"suggest\":\"risky\"} | 404 | no such app",
        "/simulator/quotas | {\"api\":\"login\"} | 400 | api must be",
        "/simulator/quotas | {\"api\":\"token\",\"perDay\":-1} | 400 | negative",
        "/simulator/access-tokens/kill | {} | 400 | appId is missing",
        "/simulator/access-tokens/kill | {\"appId\":\"wxunknown\"} | 404 | no such app",
        "/simulator/access-tokens/expire | {\"appId\":\"wxunknown\"} | 404 | no such app",
        "/simulator/nothing | {} | 404 | no such path",
        "/simulator/wire | {} | 405 | GET",
      })
  void mistakes_are_told(String path, String body, int status, String message) {
    HttpResponse<String> answer = probe.post(path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(contentType(answer)).isEqualTo("application/json");
    JsonNode json = json(answer);
    assertThat(json.path("error").asText()).contains(message);
  }

  @Test
  void mistakes_are_told_without_repeating_what_was_sent() {
    HttpResponse<String> answer =
        probe.post("/simulator/apps", "{\"appId\":\"wx\",\"appSecret\":\"planted-secret\"");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("planted");
  }

  @Test
  void a_body_of_more_than_ten_mebibytes_is_refused() {
    assertThat(probe.post("/simulator/codes", "x".repeat(10 * 1024 * 1024 + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void the_wire_can_be_read_from_any_entry_on() {
    probe.get("/a");
    probe.get("/b");
    JsonNode all = json(probe.get("/simulator/wire"));
    JsonNode second = json(probe.get("/simulator/wire?after=" + all.path(0).path("id").asLong()));

    assertThat(all).hasSize(2);
    assertThat(second).hasSize(1);
    assertThat(second.path(0).path("path").asText()).isEqualTo("/b");
    assertThat(probe.get("/simulator/wire?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void the_console_is_one_page_that_loads_nothing_from_elsewhere() {
    HttpResponse<String> page = probe.get("/simulator/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(contentType(page)).isEqualTo("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body())
        .contains("<title>WeChat simulator</title>")
        .contains("data-zh=")
        .doesNotContain(SECRET, "src=", "href=\"http", "https://", "@import", "innerHTML");
    HttpResponse<String> withoutSlash = probe.get("/simulator");
    assertThat(withoutSlash.statusCode()).isEqualTo(308);
    assertThat(withoutSlash.headers().firstValue("Location")).contains("/simulator/");
  }

  private int checkText(String user) {
    return errcode(
        probe.post(
            "/wxa/msg_sec_check?access_token=" + stableToken(),
            "{\"content\":\"hello\",\"version\":2,\"scene\":1,\"openid\":\"%s\"}"
                .formatted(wechat.openid(APP, user))));
  }

  private String stableToken() {
    return json(probe.post(
            "/cgi-bin/stable_token",
            "{\"grant_type\":\"client_credential\",\"appid\":\"%s\",\"secret\":\"%s\"}"
                .formatted(APP, SECRET)))
        .path("access_token")
        .asText();
  }

  private static String onlyApp() {
    return "{\"appId\":\"" + APP + "\"}";
  }

  private static String tokenPath() {
    return "/cgi-bin/token?grant_type=client_credential&appid=" + APP + "&secret=" + SECRET;
  }
}
