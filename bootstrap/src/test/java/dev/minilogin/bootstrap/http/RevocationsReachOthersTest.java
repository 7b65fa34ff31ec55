package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two instances on one database: a session that ends at one is over at the other within the time
 * that is promised. {@code -Dminilogin.revocations=1000} tries as many; the figures are printed.
 */
class RevocationsReachOthersTest {
  private static final String APP = "wxabcd000011112222";
  private static final int REVOCATIONS = Integer.getInteger("minilogin.revocations", 60);
  private static final Duration PROBE_EVERY = Duration.ofMillis(20);

  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static Server one;
  private static Server other;

  @BeforeAll
  static void start() {
    String secret = "AppSecret-of-revocations-0123456";
    simulator = WeChatSimulator.start(Options.defaults().withApp(App.of(APP, secret)));
    weChat = new WeChat(simulator);
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    Path keys = Server.newKeyFile();
    List<Server.App> apps = List.of(Server.App.of(APP, secret).with("risk", "off"));
    one = Server.of(simulator.uri(), apps).on(database).keys(keys).start();
    other = Server.of(simulator.uri(), apps).on(database).keys(keys).start();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator) {
      other.close();
      one.close();
    }
  }

  @Test
  void what_ends_at_one_instance_is_over_at_the_other_in_time() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < REVOCATIONS; i++) {
      String token = one.client().logIn(APP, weChat.code(APP)).has(201).token();
      other.client().check(token).has(200);
      one.client().logOut(token).has(204);
      delays.add(untilItIsOver(token));
    }

    delays.sort(null);
    System.out.printf(
        "%d revocations, seen by the other instance: p50 %d ms, p99 %d ms, max %d ms%n",
        delays.size(), at(delays, 0.5), at(delays, 0.99), delays.getLast().toMillis());
    assertThat(at(delays, 0.99)).as("p99").isLessThanOrEqualTo(2_000);
    assertThat(delays.getLast()).as("the last one").isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  private static Duration untilItIsOver(String token) {
    long ended = System.nanoTime();
    while (true) {
      long asked = System.nanoTime();
      if (other.client().check(token).status() == 401) {
        return Duration.ofNanos(asked - ended);
      }
      LockSupport.parkNanos(PROBE_EVERY.toNanos());
      assertThat(asked - ended).isLessThan(TimeUnit.SECONDS.toNanos(60));
    }
  }

  private static long at(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1).toMillis();
  }
}
