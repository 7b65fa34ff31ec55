package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.bootstrap.demo.FreePort;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server asks by itself whether WeChat serves its mini programs, and starts in any case. */
class SelfCheckAtStartTest {
  private static final String APP = "wx7777aaaa1111dddd";
  private static final String SECRET = "AppSecret-of-self-check-0123456789";

  private final WeChatSimulator simulator =
      WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void the_health_detail_tells_what_is_wrong_before_anybody_logs_in_and_when_it_is_over() {
    simulator.addFault(Fault.on(Api.STABLE_TOKEN).errcode(40164).always());
    try (Server server = server().set("mini-login.wechat.self-check-every", "100ms").start()) {
      assertThat(server.client().get("/health/ready").status()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.askManagement("/health").body().contains("IP whitelist"));
      assertThat(server.client().get("/health/ready").status()).isEqualTo(200);
      assertThat(simulator.calls(Api.STABLE_TOKEN)).isEqualTo(1);
    }
  }

  @Test
  void one_call_for_two_instances_is_enough() {
    Server.Plan plan = server();
    try (Server one = plan.start();
        Server other =
            plan.port(FreePort.find()).set("mini-login.management.port", FreePort.find()).start()) {
      for (Server server : List.of(one, other)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> server.askManagement("/health").body().contains(APP));
      }
      assertThat(simulator.calls(Api.STABLE_TOKEN)).isEqualTo(1);
    }
  }

  @Test
  void it_can_be_switched_off() {
    try (Server server = server().set("mini-login.wechat.self-check", false).start()) {
      assertThat(server.has("dev.minilogin.bootstrap.SelfChecks")).isFalse();
    }
    try (Server server = server().start()) {
      assertThat(server.has("dev.minilogin.bootstrap.SelfChecks")).isTrue();
    }
  }

  private Server.Plan server() {
    return Server.of(simulator.uri(), List.of(Server.App.of(APP, SECRET).with("risk", "off")))
        .set("mini-login.wechat.self-check", true);
  }
}
