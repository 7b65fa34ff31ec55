package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.http.DatabaseWire.Command;
import dev.minilogin.bootstrap.http.DatabaseWire.Kind;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How often a request goes to the database, counted on the wire to it. Each kind of request is made
 * once before it is counted, so that its statements are prepared and its mini program is known, as
 * they are on a server that has been running for a while.
 *
 * <p>Not counted are the pools' pings of connections that were idle, and the instance's listening
 * to revocations: they come with time, not with a request.
 */
class CostTest {
  private static final String APP = "wxaaaa222233334444";
  private static final String SISTER_APP = "wxbbbb222233334444";
  private static final String LATE_APP = "wxcccc222233334444";
  private static final String FLAGGING_APP = "wxdddd222233334444";
  private static final String SECRET = "AppSecret-of-costs-0123456789";
  private static final String OPEN_PLATFORM = "costs";

  private static final int LOGIN = 7;

  /** Where the user has to be found. */
  private static final int LOGIN_OF_ANOTHERS_USER = LOGIN + 1;

  /** Where the user is told the unionid, if it is nobody else's. */
  private static final int LOGIN_WITH_LATE_UNIONID = LOGIN + 2;

  /** Where a session gives way: it, and the word to the others. */
  private static final int LOGIN_INSTEAD = LOGIN + 3;

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final MutableClock CLOCK = new MutableClock(Instant.now());
  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static DatabaseWire wire;
  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() {
    simulator =
        WeChatSimulator.start(
            Options.defaults()
                .withApp(App.of(APP, SECRET, OPEN_PLATFORM))
                .withApp(App.of(SISTER_APP, SECRET, OPEN_PLATFORM))
                .withApp(App.of(LATE_APP, SECRET))
                .withApp(App.of(FLAGGING_APP, SECRET)));
    weChat = new WeChat(simulator);
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    wire = DatabaseWire.to(database);
    server =
        Server.of(
                simulator.uri(),
                List.of(
                    Server.App.of(APP, SECRET).with("risk", "off"),
                    Server.App.of(SISTER_APP, SECRET).with("risk", "off"),
                    Server.App.of(LATE_APP, SECRET).with("risk", "off"),
                    Server.App.of(FLAGGING_APP, SECRET)))
            .on(database, wire.jdbcUrl())
            .at(CLOCK)
            .withRateLimits()
            .start();
    client = server.client();
    client.logIn(APP, weChat.code(APP)).has(201);
    wire.awaitQuiet();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator;
        DatabaseWire beforeIt = wire) {
      server.close();
    }
  }

  @Test
  void a_first_login() {
    client.logIn(APP, weChat.code(APP)).has(201);

    costsOneTransaction(APP, weChat.code(APP));
  }

  @Test
  void a_first_login_that_can_be_sent_again() {
    client.logIn(APP, weChat.code(APP), "a-key").has(201);
    String code = weChat.code(APP);

    isOneTransaction(wire.during(() -> client.logIn(APP, code, "a-key").has(201)), LOGIN);
  }

  @Test
  void a_repeated_login() {
    String person = WeChat.somebody();
    client.logIn(APP, weChat.code(APP, person)).has(201);
    client.logIn(APP, weChat.code(APP, person)).has(201);

    costsOneTransaction(APP, weChat.code(APP, person));
  }

  @Test
  void a_repeated_login_on_the_same_install() {
    String person = WeChat.somebody();
    logInOnOneInstall(person);
    logInOnOneInstall(person);

    isOneTransaction(wire.during(() -> logInOnOneInstall(person)), LOGIN_INSTEAD);
  }

  private static void logInOnOneInstall(String person) {
    client
        .postLogin(
            "{\"appId\":\"%s\",\"code\":\"%s\",\"client\":{\"installId\":\"install-of-%s\"}}"
                .formatted(APP, weChat.code(APP, person), person))
        .has(201);
  }

  @Test
  void a_repeated_login_with_another_session_key() {
    String person = WeChat.somebody();
    client.logIn(APP, weChat.code(APP, person)).has(201);
    client.logIn(APP, weChat.code(APP, person)).has(201);
    simulator.expireSessionKey(APP, person);

    costsOneTransaction(APP, weChat.code(APP, person));
  }

  @Test
  void a_first_login_that_joins_the_user_of_a_sister_app() {
    for (int i = 0; i < 2; i++) {
      String person = WeChat.somebody();
      Answer here = client.logIn(APP, weChat.code(APP, person)).has(201);
      String code = weChat.code(SISTER_APP, person);
      List<Command> commands =
          wire.during(
              () ->
                  assertThat(client.logIn(SISTER_APP, code).has(201).userId())
                      .isEqualTo(here.userId()));
      if (i > 0) {
        isOneTransaction(commands, LOGIN_OF_ANOTHERS_USER);
      }
    }
  }

  @Test
  void a_login_whose_unionid_comes_late() {
    List<String> people = List.of(WeChat.somebody(), WeChat.somebody(), WeChat.somebody());
    for (String person : people) {
      client.logIn(LATE_APP, weChat.code(LATE_APP, person)).has(201);
    }
    simulator.addApp(App.of(LATE_APP, SECRET, OPEN_PLATFORM));
    client.logIn(LATE_APP, weChat.code(LATE_APP, people.get(0))).has(201);
    client.logIn(LATE_APP, weChat.code(LATE_APP, people.get(1))).has(201);

    String code = weChat.code(LATE_APP, people.get(2));
    isOneTransaction(
        wire.during(() -> client.logIn(LATE_APP, code).has(201)), LOGIN_WITH_LATE_UNIONID);
  }

  /** Whether the person's rank is known is asked for after the answer. */
  @Test
  void a_login_of_somebody_whose_risk_is_known_is_one_statement_more() {
    String person = WeChat.somebody();
    client.logIn(FLAGGING_APP, weChat.code(FLAGGING_APP, person)).has(201);
    await().atMost(LONGEST).until(() -> simulator.calls(Api.GETUSERRISKRANK) > 0);
    wire.awaitQuiet();
    client.logIn(FLAGGING_APP, weChat.code(FLAGGING_APP, person)).has(201);
    wire.awaitQuiet();
    String code = weChat.code(FLAGGING_APP, person);

    List<Command> commands =
        wire.during(
            () -> {
              client.logIn(FLAGGING_APP, code).has(201);
              wire.awaitQuiet();
            });

    assertThat(roundTrips(commands)).as("%s", commands).hasSizeBetween(3, LOGIN + 1);
    assertThat(commands).filteredOn(Command::isCommit).hasSize(1);
    assertThat(simulator.calls(Api.GETUSERRISKRANK)).isEqualTo(1);
  }

  @Test
  void a_token_for_a_call_that_is_held_costs_nothing() {
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();
    client.checkSessionKey(token).has(200);
    client.checkSessionKey(token).has(200);

    // The person's openid and session_key, and the session unless it is remembered.
    assertThat(roundTrips(wire.during(() -> client.checkSessionKey(token).has(200))))
        .hasSizeBetween(1, 2);
  }

  private static void costsOneTransaction(String appId, String code) {
    isOneTransaction(wire.during(() -> client.logIn(appId, code).has(201)), LOGIN);
  }

  private static void isOneTransaction(List<Command> commands, int most) {
    assertThat(roundTrips(commands)).as("%s", commands).hasSizeBetween(2, most);
    assertThat(commands).filteredOn(Command::isCommit).hasSize(1);
  }

  @Test
  void a_check_that_tells_of_the_user_reads_the_user_and_the_session_only_once() {
    client.check(client.logIn(APP, weChat.code(APP)).has(201).token()).has(200);
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();

    assertThat(roundTrips(wire.during(() -> client.check(token).has(200)))).hasSize(2);

    await()
        .atMost(LONGEST)
        .until(() -> roundTrips(wire.during(() -> client.check(token).has(200))).size() == 1);
  }

  @Test
  void a_check_that_slides_the_session_is_one_more() {
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();
    for (int i = 0; i < 2; i++) {
      CLOCK.advance(Duration.ofMinutes(10));
      List<Command> commands = wire.during(() -> client.check(token).has(200));
      if (i > 0) {
        assertThat(roundTrips(commands)).as("%s", commands).hasSizeBetween(2, 3);
        assertThat(commands).filteredOn(command -> command.sql().startsWith("UPDATE")).hasSize(1);
      }
    }
  }

  @Test
  void a_check_of_a_session_that_has_ended_is_one_statement() {
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();
    client.logOut(token).has(204);
    client.check(token).has(401);

    assertThat(roundTrips(wire.during(() -> client.check(token).has(401)))).hasSize(1);
  }

  @Test
  void junk_never_gets_to_the_database() {
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();
    String mutant =
        token.substring(0, 20) + (token.charAt(20) == 'x' ? 'y' : 'x') + token.substring(21);

    assertThat(
            roundTrips(
                wire.during(
                    () -> {
                      client.check(mutant).has(401);
                      client.check("junk").has(401);
                      client.get("/v1/me").has(401);
                      client.get("/v1/nothing").has(404);
                      client.get("/health/live").has(200);
                      client.postLogin("{}").has(400);
                      client.logIn(APP, "a b").has(400);
                    })))
        .isEmpty();
  }

  @Test
  void a_code_that_was_sent_before_is_one_statement() {
    String code = weChat.code(APP);
    client.logIn(APP, code).has(201);
    client.logIn(APP, code).has(409);

    assertThat(roundTrips(wire.during(() -> client.logIn(APP, code).has(409)))).hasSize(1);
  }

  private static List<Command> roundTrips(List<Command> commands) {
    return commands.stream()
        .filter(command -> command.kind() != Kind.PING && !command.isListening())
        .toList();
  }
}
