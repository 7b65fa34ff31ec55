package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rate limits of two instances that share a database and a clock; the tests' addresses are those
 * that a proxy at this computer tells.
 */
class RateLimitsTest {
  private static final String APP = "wxaaaa777788889999";
  private static final String SECRET = "AppSecret-of-limits-0123456789";
  private static final int LOGINS = 60;
  private static final Pattern REMAINING =
      Pattern.compile("\"logins-per-network\";r=(\\d+);t=(\\d+)");
  private static final String UNKNOWN_APP = Client.json("appId", "wxunknown", "code", "c");

  private static final MutableClock CLOCK = new MutableClock(Instant.now());
  private static int networks;
  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static TestDatabase.Schema database;
  private static Path keys;
  private static Server first;
  private static Server second;

  /** A network that no other test comes from. */
  private String here;

  @BeforeAll
  static void start() {
    simulator =
        WeChatSimulator.start(Options.defaults().withClock(CLOCK).withApp(App.of(APP, SECRET)));
    weChat = new WeChat(simulator);
    database = TestDatabase.get().freshSchema();
    keys = Server.newKeyFile();
    first = plan().start();
    second = plan().start();
  }

  private static Server.Plan plan() {
    return Server.of(simulator.uri(), List.of(Server.App.of(APP, SECRET).with("risk", "off")))
        .on(database)
        .keys(keys)
        .at(CLOCK)
        .withRateLimits()
        .set("mini-login.trusted-proxies", "127.0.0.1,::1")
        .set("mini-login.rate-limits.logins-per-network", LOGINS)
        .set("mini-login.rate-limits.session-key-calls-per-user", 3);
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator;
        Server another = second) {
      first.close();
    }
  }

  @BeforeEach
  void a_new_network() {
    here = network();
    CLOCK.advance(Duration.ofMinutes(2));
  }

  private static String network() {
    networks++;
    return "203.0." + networks / 250 + "." + networks % 250;
  }

  @Test
  void two_instances_together_let_pass_hardly_more_than_the_quota() throws Exception {
    List<Answer> answers = atOnce(200, i -> logIn(i % 2 == 0 ? first : second, here, UNKNOWN_APP));

    assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSizeBetween(60, 66);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 400)
        .allSatisfy(
            refused -> {
              refused.isProblem(429, "rate-limited");
              assertThat(refused.text("action")).isEqualTo("wait");
              assertThat(refused.header("Retry-After")).contains("61");
              assertThat(refused.json().get("retryAfter").asInt()).isEqualTo(61);
              assertThat(refused.header("RateLimit-Policy").orElseThrow())
                  .isEqualTo(
                      "\"requests-per-network\";q=12000;w=60, \"logins-per-network\";q=60;w=60");
              assertThat(refused.header("RateLimit").orElseThrow())
                  .contains("\"logins-per-network\";r=0;t=60");
            });
    logIn(first, network(), UNKNOWN_APP).isProblem(400, "unknown-app");
  }

  @Test
  void a_client_that_keeps_to_what_it_is_told_is_never_refused() {
    int waits = 0;
    for (int i = 0; i < 200; i++) {
      Answer answer = logIn(i % 3 == 0 ? first : second, here, UNKNOWN_APP);
      answer.isProblem(400, "unknown-app");
      Matcher left = REMAINING.matcher(answer.header("RateLimit").orElseThrow());
      assertThat(left.find()).isTrue();
      if (left.group(1).equals("0")) {
        waits++;
        CLOCK.advance(Duration.ofSeconds(Integer.parseInt(left.group(2))));
      }
    }
    assertThat(waits).isBetween(2, 3);
  }

  @Test
  void who_waits_as_long_as_a_refusal_says_is_let_in() {
    for (int round = 0; round < 3; round++) {
      Answer last = logIn(first, here, UNKNOWN_APP);
      while (last.status() != 429) {
        CLOCK.advance(Duration.ofMillis(130));
        last = logIn(first, here, UNKNOWN_APP);
      }
      CLOCK.advance(Duration.ofSeconds(Long.parseLong(last.header("Retry-After").orElseThrow())));
      String code = weChat.code(APP);
      logIn(second, here, Client.json("appId", APP, "code", code)).has(201);
    }
  }

  @Test
  void a_refused_login_leaves_no_claim_and_asks_nobody() {
    exhaust(first, here);
    long calls = simulator.calls(Api.JSCODE2SESSION);
    int claims = claims();
    String code = weChat.code(APP);
    String body = Client.json("appId", APP, "code", code);
    for (int i = 0; i < 50; i++) {
      logIn(first, here, body).isProblem(429, "rate-limited");
    }
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls);
    assertThat(claims()).isEqualTo(claims);
    logIn(first, network(), body).has(201);
  }

  @Test
  void nobody_gets_another_address_by_a_header_of_their_own() {
    exhaust(first, here);
    logIn(first, "198.51.100.9, " + here, UNKNOWN_APP).isProblem(429, "rate-limited");
    logIn(first, "nonsense, " + here + ", 127.0.0.1", UNKNOWN_APP).isProblem(429, "rate-limited");
    try (Server direct =
        plan()
            .set("mini-login.trusted-proxies", "")
            .set("mini-login.rate-limits.logins-per-network", 5)
            .start()) {
      for (int i = 0; i < 5; i++) {
        logIn(direct, network(), UNKNOWN_APP).isProblem(400, "unknown-app");
      }
      logIn(direct, network(), UNKNOWN_APP).isProblem(429, "rate-limited");
      send(direct.client(), direct.client().to("/v1/sessions"), "Forwarded", "for=" + network())
          .isProblem(429, "rate-limited");
    }
  }

  @Test
  void all_addresses_of_one_ipv6_customer_are_one_network() {
    for (int i = 0; i < LOGINS; i++) {
      logIn(first, "2001:db8:1:2::" + Integer.toHexString(i + 1), UNKNOWN_APP).has(400);
    }
    logIn(first, "2001:db8:1:2:ffff::1", UNKNOWN_APP).isProblem(429, "rate-limited");
    logIn(first, "2001:db8:1:3::1", UNKNOWN_APP).has(400);
  }

  @Test
  void junk_from_a_hundred_networks_hardly_gets_to_wechat_and_keeps_nobody_out() throws Exception {
    List<String> attackers = IntStream.range(0, 100).mapToObj(_ -> network()).toList();
    int seconds = 12;
    int junkPerSecond = 200;
    int honestPerSecond = 5;
    List<Long> upstream = new ArrayList<>();
    int claimsBefore = claims();
    for (int second = 0; second < seconds; second++) {
      long before = simulator.calls(Api.JSCODE2SESSION);
      int at = second;
      List<Answer> answers =
          atOnce(
              junkPerSecond,
              i ->
                  logIn(
                      i % 2 == 0 ? first : RateLimitsTest.second,
                      attackers.get(i % attackers.size()),
                      Client.json("appId", APP, "code", "junk-" + at + "-" + i)));
      assertThat(answers)
          .allSatisfy(
              answer -> {
                if (answer.status() == 429) {
                  assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                      .isBetween(1, 61);
                } else {
                  answer.isProblem(400, "code-invalid");
                }
              });
      for (int honest = 0; honest < honestPerSecond; honest++) {
        logIn(
                honest % 2 == 0 ? first : RateLimitsTest.second,
                network(),
                Client.json("appId", APP, "code", weChat.code(APP)))
            .has(201);
      }
      upstream.add(simulator.calls(Api.JSCODE2SESSION) - before - honestPerSecond);
      CLOCK.advance(Duration.ofSeconds(1));
    }

    // At first each instance learns of each network that it sends junk.
    assertThat(upstream.getFirst()).isBetween(100L, 240L);
    assertThat(upstream.subList(1, seconds)).allSatisfy(calls -> assertThat(calls).isLessThan(50L));
    long total = upstream.stream().mapToLong(Long::longValue).sum();
    assertThat(total).isLessThan(50 * seconds);
    assertThat((long) claims() - claimsBefore).isEqualTo(total + honestPerSecond * seconds);
  }

  @Test
  void a_code_that_was_sent_before_does_not_get_to_wechat_again() {
    String junk = Client.json("appId", APP, "code", "the-same-junk");
    logIn(first, here, junk).isProblem(400, "code-invalid");
    long calls = simulator.calls(Api.JSCODE2SESSION);
    for (int i = 0; i < 10; i++) {
      logIn(i % 2 == 0 ? first : second, network(), junk).isProblem(409, "code-used");
    }
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls);
  }

  @Test
  void what_asks_wechat_for_a_user_is_limited_by_user() {
    Client client = first.client();
    String token = logIn(first, here, Client.json("appId", APP, "code", weChat.code(APP))).token();
    String other = logIn(first, here, Client.json("appId", APP, "code", weChat.code(APP))).token();
    for (int i = 0; i < 3; i++) {
      Answer answer = client.checkSessionKey(token).has(200);
      assertThat(answer.header("RateLimit").orElseThrow())
          .contains("\"session-key-calls-per-user\";r=" + (2 - i) + ";t=60");
    }
    long calls = simulator.calls(Api.CHECKSESSION);
    Answer refused = client.resetSessionKey(token).isProblem(429, "rate-limited");
    assertThat(refused.header("Retry-After")).contains("61");
    second.client().checkSessionKey(token).isProblem(429, "rate-limited");
    assertThat(simulator.calls(Api.CHECKSESSION)).isEqualTo(calls);
    client.checkSessionKey(other).has(200);
    client.me(token).has(200);
  }

  @Test
  void a_network_may_ask_so_often_for_anything_but_health_and_pushes() {
    try (Server small = plan().set("mini-login.rate-limits.requests-per-network", 5).start()) {
      Client client = small.client();
      for (int i = 0; i < 5; i++) {
        Answer answer = client.get("/v1/me").has(401);
        assertThat(answer.header("RateLimit-Policy")).contains("\"requests-per-network\";q=5;w=60");
      }
      client.get("/v1/me").isProblem(429, "rate-limited");
      client.get("/v1/nothing").isProblem(429, "rate-limited");
      client.get("/health/live").has(200);
      client.get("/wechat/push/" + APP).has(403);
      CLOCK.advance(Duration.ofMinutes(1));
      client.get("/v1/me").has(401);
    }
  }

  @Test
  void without_its_database_an_instance_keeps_to_the_limits_by_itself() {
    try (DatabaseWire wire = DatabaseWire.to(database);
        Server cutOff =
            plan()
                .on(database, wire.jdbcUrl())
                .set("mini-login.rate-limits.logins-per-network", 4)
                .start()) {
      wire.cut();
      String body = Client.json("appId", APP, "code", "a-code");
      for (int i = 0; i < 4; i++) {
        logIn(cutOff, here, body).isProblem(503, "storage-unavailable");
      }
      for (int i = 0; i < 20; i++) {
        logIn(cutOff, here, body).isProblem(429, "rate-limited");
      }
      wire.mend();
    }
  }

  @Test
  void without_limits_nothing_is_counted() {
    try (Server unlimited = plan().set("mini-login.rate-limits.enabled", false).start()) {
      for (int i = 0; i < LOGINS + 10; i++) {
        Answer answer = logIn(unlimited, here, UNKNOWN_APP).isProblem(400, "unknown-app");
        assertThat(answer.header("RateLimit")).isEmpty();
      }
    }
  }

  private static void exhaust(Server server, String network) {
    for (int i = 0; i < LOGINS; i++) {
      logIn(server, network, UNKNOWN_APP).isProblem(400, "unknown-app");
    }
    logIn(server, network, UNKNOWN_APP).isProblem(429, "rate-limited");
  }

  private static Answer logIn(Server server, String forwardedFor, String body) {
    Client client = server.client();
    return client.send(
        client
            .to("/v1/sessions")
            .header("X-Forwarded-For", forwardedFor)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Answer send(
      Client client, HttpRequest.Builder request, String header, String value) {
    return client.send(
        request
            .header(header, value)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(UNKNOWN_APP)));
  }

  private static int claims() {
    return Dump.of(database).count("SELECT COUNT(*) FROM login_claims");
  }

  private static List<Answer> atOnce(int count, IntFunction<Answer> each) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> all =
          IntStream.range(0, count).mapToObj(i -> threads.submit(() -> each.apply(i))).toList();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : all) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
