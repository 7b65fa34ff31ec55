package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A caller's trace id goes wherever the work on the request goes, and is in all that is logged. */
class TraceInLogsTest {
  private static final String APP = "wxaaaa777700001111";
  private static final String RANKING_APP = "wxbbbb777700001111";
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final AtomicLong TRACES = new AtomicLong();

  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static DatabaseWire wire;
  private static Server server;
  private static Client client;

  private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.minilogin");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          logged.add(event);
        }
      };

  private final String traceId = "%032x".formatted(TRACES.incrementAndGet());

  @BeforeAll
  static void start() {
    simulator =
        WeChatSimulator.start(
            Options.defaults()
                .withApp(App.of(APP, Stage.secret(APP)))
                .withApp(App.of(RANKING_APP, Stage.secret(RANKING_APP))));
    weChat = new WeChat(simulator);
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    wire = DatabaseWire.to(database);
    server =
        Server.of(
                simulator.uri(),
                List.of(
                    Server.App.of(APP, Stage.secret(APP)).with("risk", "off"),
                    Server.App.of(RANKING_APP, Stage.secret(RANKING_APP)).with("risk", "flag")))
            .on(database, wire.jdbcUrl())
            .start();
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
  void listen() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    simulator.clearFaults();
    wire.mend();
    await().atMost(LONGEST).until(() -> client.get("/health/ready").status() == 200);
    // Logins have connections of their own, which come back when they do.
    await().atMost(LONGEST).until(() -> client.logIn(APP, weChat.code(APP)).status() == 201);
  }

  private HttpRequest.Builder traced(HttpRequest.Builder request) {
    return request.header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
  }

  private Answer logIn(String appId) {
    return client.send(
        traced(client.to("/v1/sessions"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Client.json("appId", appId, "code", weChat.code(appId)))));
  }

  private void everythingIsTraced() {
    assertThat(logged)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event.getMDCPropertyMap())
                    .as(event.toString())
                    .containsEntry("traceId", traceId));
  }

  @Test
  void on_the_thread_that_asks_wechat() {
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).body("<html>maintenance</html>").always());

    Answer answer = logIn(APP).isProblem(502, "wechat-invalid-answer");

    assertThat(answer.text("traceId")).isEqualTo(traceId);
    everythingIsTraced();
  }

  @Test
  void where_an_exception_becomes_a_problem() {
    String token = client.logIn(APP, weChat.code(APP)).has(201).token();
    wire.cut();
    logged.clear();

    client.send(traced(client.as(token, "/v1/me")).GET()).isProblem(503, "storage-unavailable");

    assertThat(logged).anyMatch(event -> event.getLoggerName().endsWith(".ProblemHandlers"));
    everythingIsTraced();
  }

  @Test
  void after_the_answer_and_on_the_thread_that_gets_an_access_token() {
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).errcode(40125).always());

    logIn(RANKING_APP).has(201);

    await().atMost(LONGEST).until(() -> !logged.isEmpty());
    everythingIsTraced();
  }

  @Test
  void threads_forget_it() {
    simulator.addFault(Fault.on(Api.JSCODE2SESSION).body("<html>maintenance</html>").always());
    logIn(APP).isProblem(502, "wechat-invalid-answer");
    logged.clear();

    client.logIn(APP, weChat.code(APP)).isProblem(502, "wechat-invalid-answer");

    assertThat(logged)
        .isNotEmpty()
        .noneMatch(event -> traceId.equals(event.getMDCPropertyMap().get("traceId")))
        .allMatch(event -> event.getMDCPropertyMap().get("traceId").matches("[0-9a-f]{32}"));
  }
}
