package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who a user is to a plugin in the mini program. */
@ExtendWith(Studio.Given.class)
class PluginRoutesTest {
  private final Studio studio;
  private final String person = WeChat.somebody();
  private final String token;

  PluginRoutesTest(Studio studio) {
    this.studio = studio;
    this.token = studio.logIn(Studio.APP, person).token();
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
  }

  private Answer exchange(String code) {
    return post(Client.json("code", code));
  }

  private Answer post(String body) {
    return studio.client.post(token, "/v1/me/plugin", body);
  }

  @Test
  void a_code_of_the_plugin_gives_its_openpid() {
    Answer answer = exchange(studio.weChat.pluginCode(Studio.APP, person)).has(200);

    assertThat(answer.text("openpid"))
        .isEqualTo(studio.simulator.openpid(Studio.APP, person))
        .startsWith("G");
  }

  @Test
  void a_code_is_good_once_for_five_minutes_and_in_its_mini_program() {
    String used = studio.weChat.pluginCode(Studio.APP, person);
    exchange(used).has(200);
    exchange(used).isProblem(400, "code-invalid");
    exchange(studio.weChat.pluginCode(Studio.SISTER_APP, person)).isProblem(400, "code-invalid");
    exchange("0123456789abcdef").isProblem(400, "code-invalid");

    String old = studio.weChat.pluginCode(Studio.APP, person);
    studio.clock.advance(Duration.ofMinutes(5).plusSeconds(1));

    assertThat(exchange(old).isProblem(400, "code-invalid").text("action")).isEqualTo("new-code");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 503, wechat-busy",
    "1000, 503, wechat-busy",
    "1001, 400, code-invalid",
    "1003, 429, wechat-rate-limited",
    "1005, 400, code-invalid",
    "1007, 400, code-invalid",
    "1022, 502, wechat-misconfigured",
    "40016, 502, wechat-misconfigured",
    "45009, 429, wechat-rate-limited",
    "77777, 502, wechat-invalid-answer"
  })
  void what_wechat_fails_with_is_told(int errcode, int status, String code) {
    long calls = studio.simulator.calls(Api.GETPLUGINOPENPID);
    studio.simulator.addFault(Fault.on(Api.GETPLUGINOPENPID).errcode(errcode).always());

    exchange(studio.weChat.pluginCode(Studio.APP, person)).isProblem(status, code);

    assertThat(studio.simulator.calls(Api.GETPLUGINOPENPID)).isEqualTo(calls + 1);
  }

  @Test
  void an_answer_without_openpid_is_none() {
    studio.simulator.addFault(
        Fault.on(Api.GETPLUGINOPENPID).body("{\"errcode\":0,\"errmsg\":\"ok\"}").always());

    exchange(studio.weChat.pluginCode(Studio.APP, person)).isProblem(502, "wechat-invalid-answer");
  }

  static Stream<String> badBodies() {
    return Stream.of(
        "{}",
        Client.json("code", null),
        Client.json("code", ""),
        Client.json("code", "a b"),
        Client.json("code", "a".repeat(257)),
        Client.json("code", "代码"));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void a_code_that_is_none_is_refused_here(String body) {
    long calls = studio.simulator.calls(Api.GETPLUGINOPENPID);

    assertThat(post(body).isProblem(400, "invalid-request").fieldsInError())
        .isEqualTo(List.of("code"));

    assertThat(studio.simulator.calls(Api.GETPLUGINOPENPID)).isEqualTo(calls);
  }

  @Test
  void it_takes_json_and_a_session() {
    post("[]").isProblem(400, "invalid-request");
    post("{").isProblem(400, "malformed-json");
    studio.client.post("junk", "/v1/me/plugin", "{}").isProblem(401, "token-invalid");
    studio.client.get("/v1/me/plugin").isProblem(405, "method-not-allowed");
  }
}
