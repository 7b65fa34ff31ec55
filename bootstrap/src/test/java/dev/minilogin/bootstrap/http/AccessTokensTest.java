package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four instances on one database need one access token, which WeChat lets expire, others replace,
 * and WeChat refuses to give. Their clock is WeChat's.
 */
class AccessTokensTest {
  private static final String APP = "wxaaaa020202020202";
  private static final String FLAGGING_APP = "wxbbbb020202020202";
  private static final String REFUSING_APP = "wxcccc020202020202";
  private static final String SECRET = "AppSecret-of-tokens-0123456789";
  private static final int INSTANCES = 4;
  private static final Duration LIFETIME = Duration.ofHours(2);

  /** How long a route may take whose call WeChat leaves without an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final MutableClock clock = new MutableClock(Instant.now());
  private WeChatSimulator simulator;
  private WeChat weChat;
  private List<Server> servers;

  @BeforeEach
  void start() {
    simulator =
        WeChatSimulator.start(
            Options.defaults()
                .withClock(clock)
                .withApp(App.of(APP, SECRET))
                .withApp(App.of(FLAGGING_APP, SECRET))
                .withApp(App.of(REFUSING_APP, SECRET)));
    weChat = new WeChat(simulator);
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    Path keys = Server.newKeyFile();
    servers =
        Stream.generate(
                () ->
                    Server.of(
                            simulator.uri(),
                            List.of(
                                Server.App.of(APP, SECRET).with("risk", "off"),
                                Server.App.of(FLAGGING_APP, SECRET),
                                Server.App.of(REFUSING_APP, SECRET).with("risk", "refuse")))
                        .on(database)
                        .keys(keys)
                        .at(clock)
                        .start())
            .limit(INSTANCES)
            .toList();
  }

  @AfterEach
  void stop() {
    try (WeChatSimulator last = simulator) {
      servers.forEach(Server::close);
      weChat.accessToken(APP, SECRET);
    }
  }

  private String logIn(String appId) {
    return client(0).logIn(appId, weChat.code(appId)).has(201).token();
  }

  private Client client(int instance) {
    return servers.get(instance % INSTANCES).client();
  }

  @Test
  void a_thousand_calls_over_an_expiry_with_a_rival_fetch_as_few_tokens_as_there_can_be() {
    int calls = 1000;
    int atOnce = 48;
    Random chance = new Random(3);
    List<Integer> kills =
        IntStream.range(0, 6).mapToObj(i -> chance.nextInt(1, calls)).distinct().toList();
    String token = logIn(APP);
    AtomicInteger next = new AtomicInteger();
    Queue<Answer> failed = new ConcurrentLinkedQueue<>();

    List<InBackground<Integer>> clients =
        IntStream.range(0, atOnce)
            .mapToObj(
                instance ->
                    InBackground.start(
                        () -> {
                          int done = 0;
                          for (int i = next.getAndIncrement();
                              i < calls;
                              i = next.getAndIncrement()) {
                            if (kills.contains(i)) {
                              simulator.killStableToken(APP);
                            }
                            if (i == calls / 2) {
                              clock.advance(LIFETIME);
                            }
                            Answer answer = checkSessionKeyTwice(client(instance), token);
                            if (answer.status() == 200) {
                              done++;
                            } else {
                              failed.add(answer);
                            }
                          }
                          return done;
                        }))
            .toList();

    assertThat(clients.stream().mapToInt(InBackground::result).sum()).isEqualTo(calls);
    assertThat(failed).isEmpty();
    assertThat(simulator.calls(Api.STABLE_TOKEN)).isBetween(2L, 1L + 1 + kills.size());
  }

  /** Two tokens may die during one call: then its client is told to wait. */
  private static Answer checkSessionKeyTwice(Client client, String token) {
    Answer first = client.checkSessionKey(token);
    return first.status() == 503 ? client.checkSessionKey(token) : first;
  }

  @Test
  void a_token_that_one_instance_got_serves_all_and_a_new_instance_too() {
    String token = logIn(APP);

    for (int i = 0; i < INSTANCES; i++) {
      client(i).checkSessionKey(token).has(200);
    }

    assertThat(simulator.calls(Api.STABLE_TOKEN)).isEqualTo(1);
  }

  @Test
  void a_phone_code_is_not_lost_with_the_token_that_somebody_killed() {
    String person = WeChat.somebody();
    String token = client(0).logIn(APP, weChat.code(APP, person)).has(201).token();
    client(0).checkSessionKey(token).has(200);
    simulator.killStableToken(APP);

    client(0).bindPhone(token, weChat.phoneCode(APP, person)).has(200);

    assertThat(simulator.calls(Api.GETUSERPHONENUMBER)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, FLAGGING_APP})
  void without_tokens_people_log_in_at_once_and_others_are_told_in_time(String appId) {
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).hang().always());
    long start = System.nanoTime();
    String person = WeChat.somebody();
    String code = weChat.code(appId, person);

    String token = client(0).logIn(appId, code).has(201).token();

    assertThat(since(start)).as("a login").isLessThan(Duration.ofSeconds(2));
    String phoneCode = weChat.phoneCode(appId, person);
    long phone = System.nanoTime();
    Answer refused = client(0).bindPhone(token, phoneCode).isProblem(503, "wechat-unavailable");
    assertThat(since(phone)).isLessThan(LONGEST);
    assertThat(refused.text("action")).isEqualTo("wait");
    assertThat(simulator.calls(Api.GETUSERPHONENUMBER)).isZero();

    simulator.clearFaults();
    clock.advance(Duration.ofMinutes(1));
    client(1).bindPhone(token, phoneCode).has(200);
  }

  @Test
  void who_refuses_people_of_a_high_rank_waits_a_moment_for_a_token_and_lets_them_in() {
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).hang().always());
    String person = WeChat.somebody();
    simulator.addUser(new User(person, false).withRiskRank(4));
    long start = System.nanoTime();

    client(0).logIn(REFUSING_APP, weChat.code(REFUSING_APP, person)).has(201);

    assertThat(since(start)).isLessThan(LONGEST);
    simulator.clearFaults();
    clock.advance(Duration.ofMinutes(1));
    client(0).logIn(REFUSING_APP, weChat.code(REFUSING_APP, person)).isProblem(403, "user-blocked");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @ParameterizedTest
  @ValueSource(ints = {40164, 40125, 40243})
  void a_refused_renewal_is_not_tried_again_by_anybody_for_a_minute(int errcode) {
    String token = logIn(APP);
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).errcode(errcode).always());

    for (int i = 0; i < 10 * INSTANCES; i++) {
      client(i).checkSessionKey(token).isProblem(502, "wechat-misconfigured");
    }

    assertThat(simulator.calls(Api.STABLE_TOKEN)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(61));
    for (int i = 0; i < 10 * INSTANCES; i++) {
      client(i).checkSessionKey(token).isProblem(502, "wechat-misconfigured");
    }
    assertThat(simulator.calls(Api.STABLE_TOKEN)).isEqualTo(2);
    client(0).logIn(APP, weChat.code(APP)).has(201);

    simulator.clearFaults();
    clock.advance(Duration.ofSeconds(61));
    client(0).checkSessionKey(token).has(200);
  }

  @ParameterizedTest
  @CsvSource({"40164, whitelist", "40125, AppSecret", "40243, unfreeze"})
  void a_refused_renewal_is_told_to_the_operator_once(int errcode, String advice) {
    Server server = servers.getFirst();
    String token = logIn(APP);
    String metric =
        "mini_login_wechat_token_refused_total{app=\"" + APP + "\",errcode=\"" + errcode + "\"}";
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).errcode(errcode).always());
    assertThat(server.askManagement("/prometheus").body()).doesNotContain(metric);

    try (Warnings warnings = Warnings.of("dev.minilogin.adapters.wechat")) {
      for (int i = 0; i < 20; i++) {
        client(0).checkSessionKey(token).isProblem(502, "wechat-misconfigured");
        if (i == 10) {
          clock.advance(Duration.ofSeconds(61));
        }
      }

      assertThat(warnings.seen())
          .singleElement()
          .asString()
          .contains(APP, String.valueOf(errcode), advice);
    }
    assertThat(server.askManagement("/prometheus").body()).contains(metric + " 2.0\n");
    JsonNode health = json(server.askManagement("/health").body());
    assertThat(health.at("/details/wechat/status").asText()).isEqualTo("DOWN");
    JsonNode app = health.at("/details/wechat/details/" + APP);
    assertThat(app.get("status").asText()).isEqualTo("DOWN");
    assertThat(app.get("errcode").asInt()).isEqualTo(errcode);
    assertThat(app.get("advice").asText()).contains(advice);
    server.client().get("/health/ready").has(200);

    simulator.clearFaults();
    clock.advance(Duration.ofSeconds(61));
    client(0).checkSessionKey(token).has(200);
    assertThat(json(server.askManagement("/health").body()).at("/details/wechat/status").asText())
        .isEqualTo("UP");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
