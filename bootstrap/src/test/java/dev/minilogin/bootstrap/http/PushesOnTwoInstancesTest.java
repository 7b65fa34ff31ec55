package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.demo.FreePort;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of one installation receive every push, several times, and one of them ends. */
class PushesOnTwoInstancesTest {
  private static final String APP = "wxaaaa888899990000";
  private static final String PUSH_TOKEN = "pushTokenOfTwoInstances";
  private static final String PUSH_KEY = WeChat.aesKey("two instances");
  private static final int PUSHES = 1000;
  private static final int DELIVERIES = 4;
  private static final int AT_ONCE = 12;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static WeChatSimulator simulator;
  private static TestDatabase.Schema database;
  private static Server.Plan plan;
  private static Server first;
  private static Server second;

  @BeforeAll
  static void start() {
    App app = App.of(APP, Stage.secret(APP));
    simulator = WeChatSimulator.start(Options.defaults().withApp(app));
    database = TestDatabase.get().freshSchema();
    Path keys = Server.newKeyFile();
    first = instance(keys, FreePort.find()).start();
    plan = instance(keys, FreePort.find());
    second = plan.start();
    simulator.addApp(WeChat.withPush(app, first.uri(), PUSH_TOKEN, PUSH_KEY));
  }

  private static Server.Plan instance(Path keys, int port) {
    Server.App app =
        Server.App.of(APP, Stage.secret(APP))
            .withPush(PUSH_TOKEN, PUSH_KEY)
            .with("content-check", "false")
            .with("risk", "off");
    return Server.of(simulator.uri(), List.of(app))
        .port(port)
        .on(database)
        .keys(keys)
        .withWorkers();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator;
        Server another = second) {
      first.close();
    }
  }

  @Test
  void a_thousand_pushes_take_effect_a_thousand_times_while_an_instance_ends_and_comes_back()
      throws Exception {
    List<String> people = Stream.generate(WeChat::somebody).limit(PUSHES).toList();
    ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
    eachOf(
        PUSHES,
        i -> {
          String code = simulator.issueCode(APP, people.get(i));
          tokens.add(first.client().logIn(APP, code).has(201).token());
        });
    // All in one second: whoever tells two people's pushes apart by the time loses one.
    Instant second = simulator.now();
    List<PushEnvelope> pushes =
        people.stream()
            .map(PushEvent::userAuthorizationCancellation)
            .map(event -> simulator.envelope(APP, event.at(second)))
            .toList();
    CountDownLatch untilItEnds = new CountDownLatch(PUSHES / 4);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> restart = other.submit(() -> restartTheSecond(untilItEnds));

      eachOf(
          PUSHES,
          i -> {
            AtOnce.run(DELIVERIES, delivery -> deliverUntilAccepted(pushes.get(i), delivery));
            untilItEnds.countDown();
          });
      restart.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    Dump dump = Dump.of(database);
    await()
        .atMost(LONGEST)
        .until(() -> dump.count("SELECT COUNT(*) FROM push_inbox WHERE handled_at IS NULL") == 0);
    assertThat(dump.count("SELECT COUNT(*) FROM push_inbox")).isEqualTo(PUSHES);
    assertThat(dump.count("SELECT COUNT(*) FROM erasure_receipts")).isEqualTo(PUSHES);
    // An account that was erased twice would be in a later epoch.
    assertThat(dump.column("SELECT DISTINCT session_epoch FROM users")).containsExactly("1");
    assertThat(dump.count("SELECT COUNT(*) FROM wechat_identities")).isZero();
    for (String token : tokens.stream().limit(20).toList()) {
      for (Server server : List.of(first, PushesOnTwoInstancesTest.second)) {
        assertThat(server.client().check(token).isProblem(401, "session-ended").text("reason"))
            .isEqualTo("account-deleted");
      }
    }
  }

  private static void restartTheSecond(CountDownLatch untilItEnds) {
    try {
      untilItEnds.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    second.close();
    second = plan.start();
  }

  /** As WeChat does it: again, until the answer is right. */
  private static boolean deliverUntilAccepted(PushEnvelope push, int delivery) {
    URI uri = (delivery % 2 == 0 ? first : second).uri();
    Client client = new Client(uri);
    await()
        .atMost(LONGEST)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(
            () -> {
              Answer answer =
                  client.send(
                      client
                          .to("/wechat/push/" + APP + "?" + push.query())
                          .header("Content-Type", push.contentType())
                          .POST(HttpRequest.BodyPublishers.ofString(push.body())));
              return answer.status() == 200 && answer.text().equals("success");
            });
    return true;
  }

  /** Some of them at once. */
  private static void eachOf(int count, IntConsumer task) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<? extends Future<?>> all =
          IntStream.range(0, count).mapToObj(i -> threads.submit(() -> task.accept(i))).toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
  }
}
