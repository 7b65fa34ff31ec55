package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.session.LogInWithinLimits.Done;
import dev.minilogin.application.session.LogInWithinLimits.Result;
import dev.minilogin.application.session.LogInWithinLimits.TooOften;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.limit.Quotas;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.testing.InMemoryRateLimits;
import dev.minilogin.domain.testing.InMemoryRiskAssessment;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogInWithinLimitsTest {
  private static final String HERE = "203.0.113.7";
  private static final String THERE = "203.0.113.8";

  private final InMemoryStorage storage = new InMemoryStorage();
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:20:30.123Z"));
  private final InMemoryRateLimits limits = new InMemoryRateLimits(clock);
  private final MiniProgram app = Sample.miniProgram();

  @BeforeEach
  void the_mini_program_is_known() {
    storage.miniPrograms().save(app);
  }

  @Test
  void without_limits_a_login_is_a_login() {
    LogInWithinLimits logIn = logIn(Quotas.UNLIMITED);
    for (int i = 0; i < 100; i++) {
      assertThat(junk(logIn, HERE)).isInstanceOf(Done.class);
    }
    assertThat(good(logIn, HERE)).isEqualTo(good(logIn, THERE)).isTrue();
  }

  @Test
  void a_network_may_log_in_so_often_and_another_is_not_kept_out() {
    LogInWithinLimits logIn = logIn(Map.of(LimitedUse.LOGINS_PER_NETWORK, 3));
    for (int i = 0; i < 3; i++) {
      assertThat(good(logIn, HERE)).isTrue();
    }
    clock.advance(Duration.ofSeconds(10));
    LoginCode code = weChat.codeFor("late", app);
    TooOften refused = (TooOften) logIn.execute(command(app.appId(), code), HERE);
    assertThat(refused.limit().limit().name()).isEqualTo("logins-per-network");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(50));
    assertThat(good(logIn, THERE)).isTrue();
    clock.advance(refused.retryAfter());
    assertThat(isIn(logIn.execute(command(app.appId(), code), HERE))).isTrue();
  }

  @Test
  void a_mini_program_may_be_logged_in_to_so_often() {
    LogInWithinLimits logIn = logIn(Map.of(LimitedUse.LOGINS_PER_APP, 2));
    assertThat(good(logIn, HERE)).isTrue();
    assertThat(good(logIn, THERE)).isTrue();
    assertThat(refusal(good(logIn, "203.0.113.9", app))).isEqualTo("logins-per-app");
    MiniProgram other = Sample.miniProgram();
    storage.miniPrograms().save(other);
    assertThat(isIn(good(logIn, HERE, other))).isTrue();
  }

  @Test
  void who_sends_junk_is_stopped_before_wechat_and_the_database_are_asked() {
    LogInWithinLimits logIn =
        logIn(
            Map.of(
                LimitedUse.FAILED_LOGINS_PER_NETWORK, 5, LimitedUse.FAILED_LOGINS_PER_APP, 1000));
    for (int i = 0; i < 5; i++) {
      assertThat(junk(logIn, HERE)).isInstanceOf(Done.class);
    }
    int asked = weChat.calls();
    storage.goDown();
    for (int i = 0; i < 100; i++) {
      assertThat(refusal(junk(logIn, HERE))).isEqualTo("failed-logins-per-network");
    }
    storage.comeBack();
    assertThat(weChat.calls()).isEqualTo(asked);
    assertThat(good(logIn, THERE)).isTrue();
    clock.advance(((TooOften) junk(logIn, HERE)).retryAfter());
    assertThat(good(logIn, HERE)).isTrue();
  }

  @Test
  void a_refused_code_tells_what_the_network_has_left() {
    LogInWithinLimits logIn = logIn(Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 5));
    List<Decision> counted = ((Done) junk(logIn, HERE)).counted();
    assertThat(counted)
        .extracting(decision -> decision.limit().name())
        .containsExactly("logins-per-network", "failed-logins-per-network");
    assertThat(counted.getLast().remaining()).isEqualTo(4);
  }

  @Test
  void good_logins_make_up_for_bad_ones() {
    LogInWithinLimits logIn =
        logIn(Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 5, LimitedUse.FAILED_LOGINS_PER_APP, 1));
    for (int i = 0; i < 50; i++) {
      assertThat(good(logIn, HERE)).isTrue();
      assertThat(junk(logIn, HERE)).isInstanceOf(Done.class);
    }
  }

  @Test
  void while_much_junk_comes_only_those_who_sent_some_wait() {
    LogInWithinLimits logIn =
        logIn(
            Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 20, LimitedUse.FAILED_LOGINS_PER_APP, 3));
    for (int network = 0; network < 30; network++) {
      junk(logIn, "198.51.100." + network);
    }
    assertThat(weChat.calls()).isEqualTo(30);
    int passed = 0;
    for (int network = 0; network < 30; network++) {
      Result result = junk(logIn, "198.51.100." + network);
      if (result instanceof TooOften tooOften) {
        assertThat(tooOften.limit().limit().name()).isEqualTo("failed-logins-per-network");
        assertThat(tooOften.retryAfter()).isEqualTo(Duration.ofMinutes(1));
      } else {
        passed++;
      }
    }
    assertThat(passed).isEqualTo(3);
    assertThat(weChat.calls()).isEqualTo(33);
    for (int network = 0; network < 30; network++) {
      assertThat(good(logIn, "203.0.113." + network)).isTrue();
    }
  }

  @Test
  void a_good_code_of_a_network_that_sent_junk_costs_the_mini_program_nothing() {
    LogInWithinLimits logIn =
        logIn(
            Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 20, LimitedUse.FAILED_LOGINS_PER_APP, 1));
    junk(logIn, HERE);
    junk(logIn, THERE);
    assertThat(good(logIn, HERE)).isTrue();
    assertThat(good(logIn, THERE)).isTrue();
  }

  @Test
  void codes_under_way_may_all_be_junk_so_there_are_no_more_than_may_fail() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(4);
    CodeExchange slow =
        (app, code) -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return weChat.exchange(app, code);
        };
    LogInWithinLimits logIn = logIn(slow, quotas(Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 4)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> first =
          IntStream.range(0, 4).mapToObj(_ -> threads.submit(() -> good(logIn, HERE))).toList();
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      TooOften fifth = (TooOften) junk(logIn, HERE);
      assertThat(fifth.retryAfter()).isEqualTo(Duration.ofSeconds(1));
      answer.countDown();
      for (Future<Boolean> login : first) {
        assertThat(login.get()).isTrue();
      }
    }
    assertThat(good(logIn, HERE)).isTrue();
  }

  @Test
  void a_login_that_ends_in_a_failure_is_under_way_no_longer() {
    LogInWithinLimits logIn = logIn(Map.of(LimitedUse.FAILED_LOGINS_PER_NETWORK, 1));
    storage.goDown();
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> junk(logIn, HERE));
    }
    storage.comeBack();
    assertThat(good(logIn, HERE)).isTrue();
  }

  private boolean good(LogInWithinLimits logIn, String network) {
    return isIn(good(logIn, network, app));
  }

  private Result good(LogInWithinLimits logIn, String network, MiniProgram to) {
    return logIn.execute(command(to.appId(), weChat.codeFor(Sample.text(10), to)), network);
  }

  private Result junk(LogInWithinLimits logIn, String network) {
    return logIn.execute(command(app.appId(), new LoginCode(Sample.text(20))), network);
  }

  private static boolean isIn(Result result) {
    return result instanceof Done done && done.result() instanceof LogIn.LoggedIn;
  }

  private static String refusal(Result result) {
    return ((TooOften) result).limit().limit().name();
  }

  private static LogIn.Command command(AppId appId, LoginCode code) {
    return new LogIn.Command(appId, code, Optional.empty(), Device.UNKNOWN, Optional.empty());
  }

  private static Quotas quotas(Map<LimitedUse, Integer> others) {
    return Quotas.defaultsBut(others);
  }

  private LogInWithinLimits logIn(Map<LimitedUse, Integer> others) {
    return logIn(quotas(others));
  }

  private LogInWithinLimits logIn(Quotas quotas) {
    return logIn(weChat, quotas);
  }

  private LogInWithinLimits logIn(CodeExchange exchange, Quotas quotas) {
    LogIn logIn =
        new LogIn(
            storage.miniPrograms(),
            exchange,
            storage.logins(),
            new InMemoryRiskAssessment(),
            storage.identities(),
            storage.auditLog(),
            Runnable::run,
            clock,
            new SecureRandom());
    return new LogInWithinLimits(logIn, limits, quotas);
  }
}
