package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.UserInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking WeChat about the session_key that is kept here, and replacing it. */
@ExtendWith(Studio.Given.class)
class SessionKeyRoutesTest {
  private final Studio studio;
  private final String person = WeChat.somebody();
  private final String token;

  SessionKeyRoutesTest(Studio studio) {
    this.studio = studio;
    this.token = studio.logIn(Studio.APP, person).token();
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
  }

  private boolean isValid() {
    return studio.client.checkSessionKey(token).has(200).json().get("valid").asBoolean();
  }

  private String keyAtWeChat() {
    return Secrets.note(studio.simulator.sessionKey(Studio.APP, person).orElseThrow());
  }

  @Test
  void the_key_of_the_last_login_is_valid() {
    assertThat(isValid()).isTrue();
  }

  @Test
  void a_key_that_ended_at_wechat_is_not() {
    studio.simulator.expireSessionKey(Studio.APP, person);

    assertThat(isValid()).isFalse();
  }

  @Test
  void a_code_that_never_came_here_replaced_the_key_until_the_next_login() {
    studio.clock.advance(Duration.ofSeconds(61));
    studio.weChat.code(Studio.APP, person);

    assertThat(isValid()).isFalse();
    studio.logIn(Studio.APP, person);
    assertThat(isValid()).isTrue();
  }

  @Test
  void a_reset_replaces_the_key_here_and_at_wechat() {
    String before = keyAtWeChat();

    Answer answer = studio.client.resetSessionKey(token).has(204);

    assertThat(answer.bytes()).isEmpty();
    assertThat(keyAtWeChat()).isNotEqualTo(before);
    assertThat(isValid()).isTrue();
  }

  @Test
  void what_was_encrypted_before_a_reset_still_opens_and_so_does_what_comes_after() {
    UserInfo older = studio.simulator.userInfo(Studio.APP, person);
    studio.client.resetSessionKey(token).has(204);
    UserInfo newer = studio.simulator.userInfo(Studio.APP, person);

    for (UserInfo info : List.of(older, newer)) {
      studio
          .client
          .post(
              token,
              "/v1/me/open-data",
              Client.json(
                  "rawData",
                  info.rawData(),
                  "signature",
                  info.signature(),
                  "encryptedData",
                  info.openData().encryptedData(),
                  "iv",
                  info.openData().iv()))
          .has(200);
    }
  }

  @Test
  void a_key_that_is_not_valid_can_not_be_reset() {
    studio.simulator.expireSessionKey(Studio.APP, person);

    Answer answer = studio.client.resetSessionKey(token).isProblem(409, "session-key-stale");

    assertThat(answer.text("action")).isEqualTo("new-code");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 503, wechat-busy",
    "45011, 429, wechat-rate-limited",
    "48001, 502, wechat-misconfigured",
    "40003, 502, wechat-misconfigured",
    "77777, 502, wechat-invalid-answer"
  })
  void what_wechat_fails_with_is_told(int errcode, int status, String code) {
    for (Api api : List.of(Api.CHECKSESSION, Api.RESETUSERSESSIONKEY)) {
      studio.simulator.addFault(Fault.on(api).errcode(errcode).always());
    }
    String before = keyAtWeChat();

    studio.client.checkSessionKey(token).isProblem(status, code);
    studio.client.resetSessionKey(token).isProblem(status, code);

    assertThat(keyAtWeChat()).isEqualTo(before);
  }

  @Test
  void a_reset_is_sent_once_even_if_no_answer_comes() {
    long calls = studio.simulator.calls(Api.RESETUSERSESSIONKEY);
    studio.simulator.addFault(Fault.on(Api.RESETUSERSESSIONKEY).cut().always());

    studio.client.resetSessionKey(token).isProblem(504, "wechat-timeout");

    assertThat(studio.simulator.calls(Api.RESETUSERSESSIONKEY)).isEqualTo(calls + 1);
    keyAtWeChat();
    // The new key was lost on the way.
    assertThat(isValid()).isFalse();
  }

  @Test
  void a_question_whose_answer_is_lost_is_asked_again() {
    studio.simulator.addFault(Fault.on(Api.CHECKSESSION).cut().times(1));

    assertThat(isValid()).isTrue();
  }

  @Test
  void they_take_a_session() {
    studio.client.checkSessionKey("junk").isProblem(401, "token-invalid");
    studio.client.resetSessionKey("junk").isProblem(401, "token-invalid");
    studio.client.get("/v1/me/session-key").isProblem(401, "token-missing");
    studio.client.get("/v1/me/session-key/reset").isProblem(405, "method-not-allowed");
  }
}
