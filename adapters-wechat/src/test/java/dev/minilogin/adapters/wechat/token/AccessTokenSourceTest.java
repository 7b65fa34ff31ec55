package dev.minilogin.adapters.wechat.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minilogin.adapters.wechat.Calls;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryAccessTokens;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.AccessTokens.State;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import dev.minilogin.simulator.platform.Api;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The life of a mini program's token, on one instance and on two. */
class AccessTokenSourceTest {
  private static final Instant START = Instant.parse("2026-03-01T10:20:30Z");
  private static final String APP_ID = Scene.APP.appId().value();

  private final MutableClock clock = new MutableClock(START);
  private final Scene scene = new Scene(clock);
  private final InMemoryStorage storage = new InMemoryStorage();
  private final AccessTokens tokens = new InMemoryAccessTokens(storage);
  private final WeChatAdapter here = adapter();
  private final WeChatAdapter there = adapter();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalReports.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    here.close();
    there.close();
    scene.close();
  }

  @Test
  void a_token_is_fetched_once_and_shared() {
    call(here);
    call(here);
    call(there);
    assertThat(fetched()).isEqualTo(1);
  }

  @Test
  void many_first_calls_at_once_fetch_one_token() {
    List<Reply<?>> replies = AtOnce.run(8, i -> reply(i % 2 == 0 ? here : there));
    assertThat(replies).hasOnlyElementsOfType(Reply.Given.class);
    assertThat(fetched()).isEqualTo(1);
  }

  @Test
  void an_expired_token_is_replaced() {
    call(here);
    clock.advance(Duration.ofSeconds(7200));
    call(here);
    call(there);
    assertThat(fetched()).isEqualTo(2);
  }

  @Test
  void long_before_its_end_no_token_is_renewed() {
    call(here);
    AccessToken first = kept();
    clock.advance(Duration.ofSeconds(7200 - 271));
    call(here);
    call(there);
    assertThat(fetched()).isEqualTo(1);
    assertThat(kept()).isEqualTo(first);
  }

  @Test
  void shortly_before_its_end_a_token_is_renewed_and_nobody_waits_for_it() {
    call(here);
    call(there);
    AccessToken first = kept();
    clock.advance(Duration.ofSeconds(7200 - 29));
    scene.simulator().addFault(stableToken().hang().times(1));
    call(here);
    call(there);
    assertThat(kept()).isEqualTo(first);
    scene.simulator().clearFaults();
    await().until(() -> !kept().equals(first));
    call(here);
    call(there);
    clock.advance(Duration.ofSeconds(60));
    call(here);
    call(there);
    assertThat(fetched()).isEqualTo(2);
  }

  @Test
  void a_token_that_was_replaced_at_wechat_is_replaced_here_for_all() {
    call(here);
    call(there);
    scene.simulator().killStableToken(APP_ID);
    call(here);
    call(there);
    assertThat(fetched()).isEqualTo(2);
  }

  @Test
  void a_good_token_that_is_not_accepted_is_forced_to_change_and_no_more_than_needed() {
    call(here);
    AccessToken first = kept();
    scene.simulator().addFault(checkSession().errcode(40001).times(1));
    call(here);
    assertThat(kept()).isNotEqualTo(first);
    assertThat(tokens.find(Scene.APP.appId()).forcedAt()).contains(START);
    assertThat(fetched()).isEqualTo(3);

    clock.advance(Duration.ofMinutes(74));
    scene.simulator().addFault(checkSession().errcode(40001).times(1));
    Reply<?> again = reply(here);
    assertThat(Replies.failure(again)).isEqualTo(WeChatFailure.BUSY);
    assertThat(fetched()).isEqualTo(4);
    assertThat(reply(here)).isInstanceOf(Reply.Failed.class);
    assertThat(fetched()).isEqualTo(4);

    clock.advance(Duration.ofSeconds(61));
    call(here);
    assertThat(tokens.find(Scene.APP.appId()).forcedAt()).contains(START.plusSeconds(74 * 60 + 61));
  }

  @Test
  void a_token_that_is_never_accepted_is_asked_for_once_a_minute() {
    scene.simulator().addFault(checkSession().errcode(40001).always());
    assertThat(reply(here)).isInstanceOf(Reply.Failed.class);
    long before = fetched();
    for (int i = 0; i < 20; i++) {
      reply(here);
      reply(there);
    }
    assertThat(fetched() - before).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "40164, APP_REFUSED, 60",
    "40125, APP_REFUSED, 60",
    "89503, APP_REFUSED, 60",
    "45009, RATE_LIMITED, 600",
    "45011, RATE_LIMITED, 60",
    "-1, BUSY, 1"
  })
  void a_refusal_is_told_to_all_and_nobody_asks_until_it_may_be_over(
      int errcode, WeChatFailure failure, int seconds) {
    scene.simulator().addFault(stableToken().errcode(errcode).always());
    assertThat(Replies.failure(reply(here))).isEqualTo(failure);
    long asked = fetched();
    assertThat(tokens.find(Scene.APP.appId()).refusal())
        .contains(new Refusal(failure, Optional.of((long) errcode), START.plusSeconds(seconds)));
    assertThat(Replies.failure(reply(here))).isEqualTo(failure);
    assertThat(Replies.failure(reply(there))).isEqualTo(failure);
    assertThat(fetched()).isEqualTo(asked);

    scene.simulator().clearFaults();
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(Replies.failure(reply(there))).isEqualTo(failure);
    clock.advance(Duration.ofMillis(1));
    call(there);
    call(here);
    assertThat(tokens.find(Scene.APP.appId()).refusal()).isEmpty();
  }

  @Test
  void a_refused_early_renewal_stops_nobody_before_the_end() {
    call(here);
    clock.advance(Duration.ofSeconds(7200 - 29));
    scene.simulator().addFault(stableToken().errcode(40164).always());
    call(here);
    await().until(() -> tokens.find(Scene.APP.appId()).refusal().isPresent());
    call(here);
    assertThat(fetched()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(29));
    assertThat(Replies.failure(reply(here))).isEqualTo(WeChatFailure.APP_REFUSED);
  }

  @Test
  void without_a_token_a_code_is_never_said_to_be_spent() {
    scene.simulator().addFault(stableToken().httpStatus(502).body("<html>").always());
    Reply<?> reply = Calls.of(WeChatApi.GET_PHONE_NUMBER, scene, here);
    assertThat(Replies.failure(reply)).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(Replies.retryAfter(reply)).contains(Duration.ofSeconds(1));
  }

  @Test
  void who_holds_the_lease_and_does_not_come_back_is_waited_for() {
    UUID lost = new UUID(0x7000L, 0x8000000000000000L);
    tokens.lease(Scene.APP.appId(), lost, Optional.empty(), START, START.plusSeconds(10));
    assertThat(Replies.failure(reply(here))).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(fetched()).isZero();
    clock.advance(Duration.ofSeconds(10));
    await().untilAsserted(() -> assertThat(reply(here)).isInstanceOf(Reply.Given.class));
    assertThat(fetched()).isEqualTo(1);
  }

  @Test
  void what_somebody_else_fetches_meanwhile_is_used() {
    UUID other = new UUID(0x7001L, 0x8000000000000000L);
    tokens.lease(Scene.APP.appId(), other, Optional.empty(), START, START.plusSeconds(10));
    Reply<?> reply =
        AtOnce.<Reply<?>>run(
                2,
                i -> {
                  if (i == 1) {
                    return reply(here);
                  }
                  StableToken.Outcome got = here.get(StableToken.class).ask(Scene.APP, false);
                  tokens.renew(
                      Scene.APP.appId(),
                      other,
                      ((StableToken.Outcome.Got) got).token(),
                      false,
                      START);
                  return null;
                })
            .get(1);
    assertThat(reply).isInstanceOf(Reply.Given.class);
    assertThat(fetched()).isEqualTo(1);
  }

  @Test
  void without_the_storage_a_token_in_hand_still_works() {
    call(here);
    storage.goDown();
    call(here);
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> reply(there));
    clock.advance(Duration.ofSeconds(7200 - 29));
    call(here);
    storage.comeBack();
    call(there);
  }

  @Test
  void the_operator_is_told_once_for_each_reason() {
    scene.simulator().addFault(stableToken().errcode(40164).always());
    for (int i = 0; i < 3; i++) {
      reply(here);
      clock.advance(Duration.ofSeconds(60));
    }
    scene.simulator().clearFaults();
    scene.simulator().addFault(stableToken().errcode(40125).always());
    reply(here);
    assertThat(warnings())
        .satisfiesExactly(
            first -> assertThat(first).contains(APP_ID, "40164", "IP whitelist"),
            second -> assertThat(second).contains(APP_ID, "40125", "AppSecret"));
    assertThat(
            here.meters()
                .get("mini_login.wechat.token.refused")
                .tags("app", APP_ID, "errcode", "40164")
                .counter()
                .count())
        .isEqualTo(3);
  }

  @Test
  void the_health_tells_what_is_wrong_and_what_to_do() {
    assertThat(health().getStatus()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(health().getDetails()).isEqualTo(Map.of());

    scene.simulator().addFault(stableToken().errcode(40164).always());
    reply(here);
    assertThat(health().getStatus()).isEqualTo(HealthStatus.DOWN);
    assertThat(health().getDetails())
        .isEqualTo(
            Map.of(
                APP_ID,
                Map.of(
                    "status",
                    "DOWN",
                    "errcode",
                    40164L,
                    "advice",
                    "add this server's address to the app's IP whitelist at mp.weixin.qq.com")));

    scene.simulator().clearFaults();
    clock.advance(Duration.ofMinutes(1));
    call(here);
    assertThat(health().getStatus()).isEqualTo(HealthStatus.UP);
    assertThat(health().getDetails()).isEqualTo(Map.of(APP_ID, Map.of("status", "UP")));
  }

  private HealthResult health() {
    return Mono.from(here.get(WeChatHealth.class).getResult()).block();
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private AccessToken kept() {
    State state = tokens.find(Scene.APP.appId());
    return state.token().orElseThrow().token();
  }

  private long fetched() {
    return scene.simulator().calls(Api.STABLE_TOKEN);
  }

  private Reply<?> reply(WeChatAdapter through) {
    return Calls.of(WeChatApi.CHECK_SESSION_KEY, scene, through);
  }

  private void call(WeChatAdapter through) {
    assertThat(reply(through)).isEqualTo(new Reply.Given<>(true));
  }

  private static FaultBuilder stableToken() {
    return Fault.on(Api.STABLE_TOKEN);
  }

  private static FaultBuilder checkSession() {
    return Fault.on(Api.CHECKSESSION);
  }

  private WeChatAdapter adapter() {
    return WeChatAdapter.with(WeChatAdapter.settings(scene.simulator().uri()), tokens, clock);
  }
}
