package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.WeChatError;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a code when WeChat refuses a login. */
@ExtendWith(Stage.Given.class)
class WeChatErrorsTest {
  private final Stage stage;

  WeChatErrorsTest(Stage stage) {
    this.stage = stage;
  }

  @AfterEach
  void clearFaults() {
    stage.simulator.clearFaults();
  }

  @Test
  void a_busy_wechat_leaves_the_code_good() {
    String code = stage.weChat.code(Stage.APP);
    stage.simulator.addFault(
        Fault.on(Api.JSCODE2SESSION).errcode(WeChatError.SYSTEM_ERROR).times(1));
    stage.client.logIn(Stage.APP, code).isProblem(503, "wechat-busy");

    stage.client.logIn(Stage.APP, code).has(201);
  }

  @Test
  void a_rate_limit_leaves_the_code_good() {
    String code = stage.weChat.code(Stage.APP);
    stage.simulator.addFault(
        Fault.on(Api.JSCODE2SESSION).errcode(WeChatError.MINUTE_QUOTA).times(1));
    stage.client.logIn(Stage.APP, code, "a-key").isProblem(429, "wechat-rate-limited");

    stage.client.logIn(Stage.APP, code, "a-key").has(201);
  }

  @Test
  void a_code_that_was_exchanged_elsewhere_is_used() {
    String code = stage.weChat.code(Stage.APP);
    stage.client.logIn(Stage.APP, code).has(201);
    String elsewhere = stage.weChat.code(Stage.APP);
    stage.simulator.addFault(Fault.on(Api.JSCODE2SESSION).errcode(WeChatError.CODE_USED).times(1));

    stage.client.logIn(Stage.APP, code).isProblem(409, "code-used");
    stage.client.logIn(Stage.APP, elsewhere).isProblem(409, "code-used");
  }

  @Test
  void a_code_that_wechat_never_issued_is_invalid() {
    String junk = Secrets.note("0junkJUNK-junk_junk" + System.nanoTime());

    stage.client.logIn(Stage.APP, junk).isProblem(400, "code-invalid");
  }

  @Test
  void a_code_of_another_mini_program_is_invalid() {
    stage
        .client
        .logIn(Stage.SISTER_APP, stage.weChat.code(Stage.APP))
        .isProblem(400, "code-invalid");
  }

  @Test
  void a_code_is_invalid_after_five_minutes() {
    String code = stage.weChat.code(Stage.APP);
    stage.clock.advance(Duration.ofMinutes(5).plusSeconds(1));

    stage.client.logIn(Stage.APP, code).isProblem(400, "code-invalid");
  }

  @Test
  void a_code_that_wechat_refused_for_good_is_not_asked_for_again() {
    String junk = Secrets.note("0refusedREFUSED-" + System.nanoTime());
    stage.client.logIn(Stage.APP, junk, "a-key").isProblem(400, "code-invalid");
    long calls = stage.simulator.calls(Api.JSCODE2SESSION);

    stage.client.logIn(Stage.APP, junk, "a-key").isProblem(400, "code-invalid");
    stage.client.logIn(Stage.APP, junk).isProblem(409, "code-used");

    assertThat(stage.simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls);
  }

  @Test
  void a_wrong_app_secret_is_the_operators_problem() {
    Answer refused =
        stage
            .client
            .logIn(Stage.APP_WITH_WRONG_SECRET, stage.weChat.code(Stage.APP_WITH_WRONG_SECRET))
            .isProblem(502, "wechat-misconfigured");

    assertThat(refused.text("action")).isEqualTo("contact-operator");
  }

  @Test
  void an_app_that_wechat_does_not_know_is_the_operators_problem() {
    stage
        .client
        .logIn(Stage.APP_UNKNOWN_TO_WECHAT, stage.weChat.code(Stage.APP))
        .isProblem(502, "wechat-misconfigured");
  }

  @Test
  void a_person_whom_wechat_blocks_is_told_so() {
    String person = WeChat.somebody();
    stage.simulator.addUser(new User(person, true));

    Answer refused =
        stage
            .client
            .logIn(Stage.APP, stage.weChat.code(Stage.APP, person))
            .isProblem(403, "user-blocked");

    assertThat(refused.text("action")).isEqualTo("blocked");
    stage.simulator.addUser(new User(person, false));
    stage.logIn(Stage.APP, person);
  }
}
