package dev.minilogin.adapters.wechat.token;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.domain.testing.InMemoryAccessTokens;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.AppSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the operator is told at start: one line for each mini program. */
class SelfCheckTest {
  private static final String APP_ID = Scene.APP.appId().value();

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:20:30Z"));
  private final Scene scene = new Scene(clock);
  private final InMemoryStorage storage = new InMemoryStorage();
  private final InMemoryAccessTokens tokens = new InMemoryAccessTokens(storage);
  private final WeChatAdapter adapter = adapter(scene.simulator().uri());
  private final SelfCheck check = adapter.get(SelfCheck.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SelfCheck.class.getPackageName());

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    logger.setLevel(null);
    adapter.close();
    scene.close();
  }

  @Test
  void where_all_is_well_one_line_says_so_and_the_next_call_needs_no_other_token() {
    assertThat(check.isWell(Scene.APP)).isTrue();
    assertThat(lines(Level.INFO))
        .containsExactly(APP_ID + ": WeChat is reached and gives it" + " access_tokens");
    assertThat(lines(Level.WARN)).isEmpty();
    try (WeChatAdapter other = adapter(scene.simulator().uri())) {
      assertThat(other.get(SelfCheck.class).isWell(Scene.APP)).isTrue();
    }
    assertThat(scene.simulator().calls(Api.STABLE_TOKEN)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "40125, the AppSecret is wrong or was reset",
    "40001, the AppSecret is wrong",
    "40164, add this server's address to the app's IP whitelist",
    "61004, add this server's address to the app's IP whitelist",
    "89503, the app's administrator must confirm this server's address",
    "40243, the AppSecret is frozen: unfreeze it",
    "50007, the app's account is frozen by WeChat",
    "50004, maybe as a punishment",
    "40013, WeChat doesn't know the appid"
  })
  void a_refusal_is_told_once_with_what_to_do_and_asked_again_later(int errcode, String advice) {
    scene.simulator().addFault(stableToken().errcode(errcode).always());
    assertThat(check.isWell(Scene.APP)).isFalse();
    assertThat(check.isWell(Scene.APP)).isFalse();
    assertToldOnce(advice, "errcode " + errcode);
    assertThat(scene.simulator().calls(Api.STABLE_TOKEN)).isEqualTo(1);

    scene.simulator().clearFaults();
    clock.advance(Duration.ofMinutes(1));
    assertThat(check.isWell(Scene.APP)).isTrue();
    assertThat(lines(Level.INFO)).containsExactly(APP_ID + " has an access_token again");
  }

  @Test
  void an_app_that_wechat_has_really_frozen_and_a_secret_that_was_really_reset_are_told() {
    scene
        .simulator()
        .addApp(new App(APP_ID, new AppSecret("0".repeat(32)), Optional.empty(), false));
    assertThat(check.isWell(Scene.APP)).isFalse();
    assertToldOnce("frozen", "40243");
    log.list.clear();
    scene.simulator().addApp(App.of(Scene.OTHER_APP.appId().value(), "9".repeat(32)));
    assertThat(check.isWell(Scene.OTHER_APP)).isFalse();
    assertToldOnce("the AppSecret is wrong or was reset", "40125");
  }

  @Test
  void a_host_that_nobody_listens_at_is_told() {
    try (WeChatAdapter nowhere = adapter(WeChatAdapter.nobody())) {
      assertThat(nowhere.get(SelfCheck.class).isWell(Scene.APP)).isFalse();
    }
    assertToldOnce("WeChat can't be reached: check DNS and firewall", "UNREACHABLE");
  }

  @Test
  void a_host_that_never_answers_is_told() {
    scene.simulator().addFault(stableToken().hang().always());
    assertThat(check.isWell(Scene.APP)).isFalse();
    assertToldOnce("WeChat doesn't answer in time", "TIMED_OUT");
  }

  @Test
  void a_host_that_is_not_wechat_is_told() {
    scene.simulator().addFault(stableToken().httpStatus(200).body("<html>welcome</html>").always());
    assertThat(check.isWell(Scene.APP)).isFalse();
    assertToldOnce("what answers is not WeChat", "INVALID_ANSWER");
  }

  @Test
  void a_storage_that_is_gone_is_no_error_of_the_check() {
    storage.goDown();
    assertThat(check.isWell(Scene.APP)).isFalse();
    storage.comeBack();
    clock.advance(Duration.ofMinutes(1));
    assertThat(check.isWell(Scene.APP)).isTrue();
  }

  private void assertToldOnce(String... parts) {
    assertThat(lines(Level.WARN)).singleElement().asString().contains(parts);
    assertThat(lines(Level.INFO)).isEmpty();
  }

  private List<String> lines(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private WeChatAdapter adapter(URI host) {
    return WeChatAdapter.with(WeChatAdapter.settings(host), tokens, clock);
  }

  private static FaultBuilder stableToken() {
    return Fault.on(Api.STABLE_TOKEN);
  }
}
