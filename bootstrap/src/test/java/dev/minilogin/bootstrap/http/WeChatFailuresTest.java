package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * WeChat is slow, gone or talks nonsense. On a server of its own, which after so many failures
 * spares WeChat for a while.
 */
class WeChatFailuresTest {
  private static final String APP = "wx0000aaaa1111bbbb";
  private static final String SECRET = "AppSecret-of-failures-0123456789";
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static Server server;

  @BeforeAll
  static void start() {
    simulator = WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
    weChat = new WeChat(simulator);
    server = Server.start(simulator.uri(), List.of(Server.App.of(APP, SECRET)));
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator) {
      server.close();
    }
  }

  @AfterEach
  void clearFaultsAndRegainTrust() {
    simulator.clearFaults();
    // Successes in between, so that no test's failures are the ones too many.
    for (int i = 0; i < 3; i++) {
      server.client().logIn(APP, weChat.code(APP)).has(201);
    }
  }

  @Test
  void a_hung_wechat_is_a_timeout_within_four_seconds() {
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).hang().always());
    long start = System.nanoTime();

    Answer answer = server.client().logIn(APP, weChat.code(APP)).isProblem(504, "wechat-timeout");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
    assertThat(answer.text("action")).isEqualTo("new-code");
  }

  @Test
  void after_a_timeout_the_code_is_taken_for_used_and_not_sent_again() {
    String code = weChat.code(APP);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).hang().always());
    server.client().logIn(APP, code).isProblem(504, "wechat-timeout");
    simulator.clearFaults();
    long calls = simulator.calls(Api.JSCODE2SESSION);

    server.client().logIn(APP, code).isProblem(409, "code-used");

    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls);
  }

  @Test
  void who_waits_for_the_same_code_sees_the_timeout_too() {
    String code = weChat.code(APP);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).hang().always());
    long before = simulator.calls(Api.JSCODE2SESSION);
    InBackground<Answer> first =
        InBackground.start(() -> server.client().logIn(APP, code, "a-key"));

    Answer second = server.client().logIn(APP, code, "a-key");

    first.result().isProblem(504, "wechat-timeout");
    second.isProblem(504, "wechat-timeout");
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(before + 1);
  }

  @Test
  void a_slow_wechat_is_waited_for() {
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).latency(Duration.ofMillis(1500)).times(1));

    server.client().logIn(APP, weChat.code(APP)).has(201);
  }

  @Test
  void a_hung_wechat_holds_up_nobody_who_does_not_need_it() {
    String token = server.client().logIn(APP, weChat.code(APP)).has(201).token();
    int many = Math.min(2 * Runtime.getRuntime().availableProcessors() + 4, 30);
    List<String> codes = IntStream.range(0, many).mapToObj(i -> weChat.code(APP)).toList();
    long before = simulator.calls(Api.JSCODE2SESSION);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).hang().always());
    List<InBackground<Answer>> logins =
        codes.stream()
            .map(code -> InBackground.start(() -> server.client().logIn(APP, code)))
            .toList();
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> simulator.calls(Api.JSCODE2SESSION) == before + many);

    server.client().check(token).has(200);

    assertThat(logins).noneMatch(InBackground::isOver);
    simulator.clearFaults();
    logins.forEach(login -> login.result().has(201));
  }

  @Test
  void an_error_page_is_no_answer() {
    nonsense(
        Fault.on(Api.JSCODE2SESSION)
            .httpStatus(502)
            .body("<html><body><h1>502 Bad Gateway</h1></body></html>"));
  }

  @Test
  void a_page_with_status_200_is_no_answer() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("<html>maintenance</html>"));
  }

  @Test
  void truncated_json_is_no_answer() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("{\"openid\":\"oTruncated0123456789\",\"sess"));
  }

  @Test
  void an_array_is_no_answer() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("[]"));
  }

  @Test
  void an_empty_object_is_no_answer() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("{}"));
  }

  @Test
  void an_answer_without_openid_is_none() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("{\"session_key\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}"));
  }

  @Test
  void an_answer_without_session_key_is_none() {
    nonsense(Fault.on(Api.JSCODE2SESSION).body("{\"openid\":\"oWithoutKey0123456789\"}"));
  }

  @Test
  void an_openid_with_strange_characters_is_no_answer() {
    nonsense(
        Fault.on(Api.JSCODE2SESSION)
            .body("{\"openid\":\"o' OR 1=1\",\"session_key\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}"));
  }

  @Test
  void a_huge_answer_is_none() {
    nonsense(
        Fault.on(Api.JSCODE2SESSION)
            .body(
                "{\"openid\":\"oHuge\",\"session_key\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"x\":\""
                    + "x".repeat(1_000_000)
                    + "\"}"));
  }

  private void nonsense(FaultBuilder fault) {
    String code = weChat.code(APP);
    simulator.addFault(fault.times(1));

    Answer answer = server.client().logIn(APP, code).isProblem(502, "wechat-invalid-answer");

    assertThat(answer.text("action")).isEqualTo("new-code");
    server.client().logIn(APP, code).isProblem(409, "code-used");
  }

  @Test
  void a_cut_connection_may_have_burnt_the_code() {
    String code = weChat.code(APP);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).cut().times(1));

    server.client().logIn(APP, code).isProblem(504, "wechat-timeout");

    server.client().logIn(APP, code).isProblem(409, "code-used");
  }

  @Test
  void an_answer_that_breaks_off_may_have_burnt_the_code() {
    String code = weChat.code(APP);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).body("{\"openid\":\"oBroken").cut().times(1));

    Answer answer = server.client().logIn(APP, code);

    assertThat(answer.text("action")).isEqualTo("new-code");
    assertThat(answer.text("code")).isIn("wechat-timeout", "wechat-invalid-answer");
  }

  @Test
  void a_dead_wechat_is_unavailable_within_four_seconds_and_the_code_stays_good()
      throws IOException {
    URI nobody = closedPort();
    try (Server lonely = Server.start(nobody, List.of(Server.App.of(APP, SECRET)))) {
      String code = weChat.code(APP);
      long start = System.nanoTime();

      Answer answer = lonely.client().logIn(APP, code).isProblem(503, "wechat-unavailable");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
      assertThat(answer.text("action")).isEqualTo("wait");
      assertThat(answer.json().get("retryAfter").asInt()).isPositive();
      lonely.client().logIn(APP, code).isProblem(503, "wechat-unavailable");
      server.client().logIn(APP, code).has(201);
    }
  }

  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
