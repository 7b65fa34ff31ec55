package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After too many failures WeChat is left alone for a while, at no cost to a code. */
class SparingWeChatTest {
  private static final String APP = "wx0000cccc1111dddd";
  private static final String SECRET = "AppSecret-of-sparing-0123456789";
  private static final int ENOUGH_FAILURES = 10;

  @Test
  void a_failing_wechat_is_left_alone_and_asked_again_later() {
    try (WeChatSimulator simulator =
            WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
        Server server = Server.start(simulator.uri(), List.of(Server.App.of(APP, SECRET)))) {
      WeChat weChat = new WeChat(simulator);
      simulator.addFault(Fault.on(Api.JSCODE2SESSION).cut().times(ENOUGH_FAILURES));
      for (int i = 0; i < ENOUGH_FAILURES; i++) {
        server.client().logIn(APP, weChat.code(APP)).isProblem(504, "wechat-timeout");
      }
      String code = weChat.code(APP);

      Answer spared = server.client().logIn(APP, code).isProblem(503, "wechat-unavailable");

      assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(ENOUGH_FAILURES);
      assertThat(spared.json().get("retryAfter").asInt()).isPositive();
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> server.client().logIn(APP, code).status() == 201);
    }
  }

  @Test
  void refusals_of_wechat_are_no_failures() {
    try (WeChatSimulator simulator =
            WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
        Server server = Server.start(simulator.uri(), List.of(Server.App.of(APP, SECRET)))) {
      WeChat weChat = new WeChat(simulator);
      for (int i = 0; i < 2 * ENOUGH_FAILURES; i++) {
        server
            .client()
            .logIn(APP, Secrets.note("0sparing-junk-" + System.nanoTime()))
            .isProblem(400, "code-invalid");
      }

      server.client().logIn(APP, weChat.code(APP)).has(201);
    }
  }
}
