package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.WeChatError;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told when WeChat refuses a login, errcode by errcode. */
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

  @ParameterizedTest(name = "{0} is {2}")
  @CsvSource({
    "-1, 503, wechat-busy, 1",
    "40002, 502, wechat-misconfigured,",
    "40013, 502, wechat-misconfigured,",
    "40029, 400, code-invalid,",
    "40066, 502, wechat-misconfigured,",
    "40125, 502, wechat-misconfigured,",
    "40163, 409, code-used,",
    "40164, 502, wechat-misconfigured,",
    "40226, 403, user-blocked,",
    "40243, 502, wechat-misconfigured,",
    "41002, 502, wechat-misconfigured,",
    "41004, 502, wechat-misconfigured,",
    "41008, 400, code-invalid,",
    "45009, 429, wechat-rate-limited, 3600",
    "45011, 429, wechat-rate-limited, 60",
    "48001, 502, wechat-misconfigured,",
    "50002, 502, wechat-misconfigured,",
    "50007, 502, wechat-misconfigured,",
    "99999, 502, wechat-invalid-answer,"
  })
  void an_errcode_is_a_problem(int errcode, int status, String problem, Integer retryAfter) {
    String code = stage.weChat.code(Stage.APP);
    stage.simulator.addFault(Fault.on(Api.JSCODE2SESSION).errcode(errcode).times(1));

    Answer refused = stage.client.logIn(Stage.APP, code).isProblem(status, problem);

    assertThat(refused.json().has("retryAfter")).isEqualTo(retryAfter != null);
    if (retryAfter != null) {
      assertThat(refused.json().get("retryAfter").asInt()).isEqualTo(retryAfter);
      assertThat(refused.text("action")).isEqualTo("wait");
    }
  }

  @Test
  void the_list_above_has_every_errcode_that_the_server_knows() throws Exception {
    Method test =
        WeChatErrorsTest.class.getDeclaredMethod(
            "an_errcode_is_a_problem", int.class, int.class, String.class, Integer.class);
    List<String> tested =
        Arrays.stream(test.getAnnotation(CsvSource.class).value())
            .map(line -> line.split(",")[0])
            .toList();

    assertThat(tested).containsAll(errcodesThatTheServerKnows());
  }

  private static List<String> errcodesThatTheServerKnows() throws ReflectiveOperationException {
    Class<?> errors = Class.forName("dev.minilogin.adapters.wechat.login.Code2SessionError");
    Method errcode = errors.getDeclaredMethod("errcode");
    errcode.setAccessible(true);
    List<String> known = new ArrayList<>();
    for (Object error : errors.getEnumConstants()) {
      known.add(String.valueOf(errcode.invoke(error)));
    }
    return known;
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
    stage.simulator.advance(Duration.ofMinutes(5).plusSeconds(1));

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
