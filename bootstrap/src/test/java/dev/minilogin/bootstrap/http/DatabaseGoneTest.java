package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database is cut off: nobody is let in, nobody is thrown out, and it heals by itself. */
class DatabaseGoneTest {
  private static final String APP = "wxaaaa555566667777";
  private static final String SECRET = "AppSecret-of-the-gone-0123456789";

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static DatabaseWire wire;
  private static Server server;
  private static Client client;

  private String token;

  @BeforeAll
  static void start() {
    simulator = WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
    weChat = new WeChat(simulator);
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    wire = DatabaseWire.to(database);
    server =
        Server.start(
            database, wire.jdbcUrl(), simulator.uri(), List.of(Server.App.of(APP, SECRET)));
    client = server.client();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator;
        DatabaseWire beforeIt = wire) {
      server.close();
    }
  }

  @BeforeEach
  void logInAndCut() {
    token = client.logIn(APP, weChat.code(APP)).has(201).token();
    wire.cut();
  }

  @AfterEach
  void all_is_well_again() {
    mend();
    client.check(token).has(200);
  }

  private static void mend() {
    wire.mend();
    await().atMost(LONGEST).until(() -> client.get("/health/ready").status() == 200);
    // Logins have connections of their own, which come back when they do.
    await().atMost(LONGEST).until(() -> client.logIn(APP, weChat.code(APP)).status() == 201);
  }

  @Test
  void a_session_is_neither_good_nor_bad() {
    for (Answer answer :
        List.of(
            client.check(token),
            client.me(token),
            client.patchMe(token, "{}"),
            client.logOut(token))) {
      answer.isProblem(503, "storage-unavailable");
      assertThat(answer.text("action")).isEqualTo("wait");
      assertThat(answer.json().get("retryAfter").asInt()).isPositive();
    }
  }

  @Test
  void the_answer_comes_soon() {
    long start = System.nanoTime();

    client.check(token).isProblem(503, "storage-unavailable");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_login_does_not_burn_its_code() {
    String code = weChat.code(APP);
    long calls = simulator.calls(Api.JSCODE2SESSION);

    client.logIn(APP, code).isProblem(503, "storage-unavailable");

    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls);
    mend();
    client.logIn(APP, code).has(201);
  }

  @Test
  void a_login_that_wechat_accepted_and_nobody_could_record_asks_for_a_new_code() throws Exception {
    mend();
    long calls = simulator.calls(Api.JSCODE2SESSION);
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).latency(Duration.ofSeconds(2)).times(1));
    String code = weChat.code(APP);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Answer> answer = other.submit(() -> client.logIn(APP, code));
      await().until(() -> simulator.calls(Api.JSCODE2SESSION) > calls);
      wire.cut();
      answer.get().isProblem(503, "login-not-recorded");
      assertThat(answer.get().text("action")).isEqualTo("new-code");
    }
    mend();
    client.logIn(APP, code).isProblem(409, "code-used");
  }

  @Test
  void the_instance_lives_and_is_not_ready() {
    client.get("/health/live").has(200);
    client.get("/health/ready").isProblem(503, "not-ready");
  }

  @Test
  void what_needs_no_database_is_answered_as_ever() {
    client.check("junk").isProblem(401, "token-invalid");
    client.get("/v1/me").isProblem(401, "token-missing");
    client.postLogin("{}").isProblem(400, "invalid-request");
    client.get("/v1/nothing").isProblem(404, "not-found");
  }
}
