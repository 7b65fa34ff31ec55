package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a load balancer is told, from the start to the end. */
@ExtendWith(Stage.Given.class)
class HealthTest {
  private static final String APP = "wxaaaa888899990000";
  private static final String SECRET = "AppSecret-of-health-0123456789";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Stage stage;

  HealthTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void an_instance_that_runs_lives_and_is_ready_and_tells_no_details() {
    for (String path : List.of("/health/live", "/health/ready")) {
      Answer answer = stage.client.get(path).has(200);

      assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void an_instance_that_ends_finishes_what_it_has_begun_and_leaves_nothing_behind() {
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    try (WeChatSimulator simulator =
            WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
        DatabaseWire wire = DatabaseWire.to(database)) {
      WeChat weChat = new WeChat(simulator);
      Server server =
          Server.start(
              database, wire.jdbcUrl(), simulator.uri(), List.of(Server.App.of(APP, SECRET)));
      Client client = server.client();
      client.get("/health/ready").has(200);
      simulator.addFault(Fault.on(Api.JSCODE2SESSION).hang().times(1));
      String code = weChat.code(APP);
      InBackground<Answer> login = InBackground.start(() -> client.logIn(APP, code));
      await().atMost(LONGEST).until(() -> simulator.calls(Api.JSCODE2SESSION) == 1);

      InBackground<Boolean> end =
          InBackground.start(
              () -> {
                server.close();
                return true;
              });
      await().atMost(LONGEST).until(() -> isTakenOutOfService(client));
      assertThat(login.isOver()).isFalse();
      simulator.clearFaults();

      login.result().has(201);
      end.result();
      await().atMost(LONGEST).until(() -> wire.connections() == 0);
    }
  }

  /** It says that it isn't ready, or takes no new connection any more. */
  private static boolean isTakenOutOfService(Client client) {
    try {
      return client.get("/health/ready").status() == 503;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}
