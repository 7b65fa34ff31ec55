package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.minilogin.application.session.LogIn.AppDisabled;
import dev.minilogin.application.session.LogIn.AppUnknown;
import dev.minilogin.application.session.LogIn.BuildNotAdmitted;
import dev.minilogin.application.session.LogIn.CodeSentBefore;
import dev.minilogin.application.session.LogIn.Command;
import dev.minilogin.application.session.LogIn.ExchangeFailed;
import dev.minilogin.application.session.LogIn.LoggedIn;
import dev.minilogin.application.session.LogIn.NotRecorded;
import dev.minilogin.application.session.LogIn.Result;
import dev.minilogin.application.session.LogIn.UserSuspended;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.RiskPolicy.Reaction;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.InMemoryRiskAssessment;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogInTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final String CLIENT_ADDRESS = "203.0.113.7";
  private static final ExchangeFailed BLOCKED =
      new ExchangeFailed(WeChatFailure.USER_BLOCKED, Optional.empty());

  private final InMemoryStorage storage = new InMemoryStorage();
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final MutableClock clock = new MutableClock(NOW);
  private final MiniProgram app = Sample.miniProgram();
  private final InMemoryRiskAssessment ranks = new InMemoryRiskAssessment();

  /** What logins leave for later; nothing of it happens by itself. */
  private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();

  private final LogIn logIn = logIn(weChat);

  @BeforeEach
  void the_mini_program_is_known() {
    storage.miniPrograms().save(app);
  }

  // Who logs in

  @Test
  void a_new_user_gets_a_session_that_its_token_finds() {
    Device device =
        new Device(
            Optional.of(InstallHash.of("install")),
            Optional.of("iPhone"),
            Optional.of("ios"),
            Optional.of(EnvVersion.RELEASE),
            Optional.of("1.0"),
            Optional.of("1001"));
    LoginCode code = weChat.codeFor("alice", app);
    LoggedIn in =
        in(
            logIn.execute(
                new Command(app.appId(), code, Optional.empty(), device, Optional.empty())));

    User user = in.login().user();
    assertThat(user).isEqualTo(User.firstSeen(user.id(), NOW));
    assertThat(in.login().newUser()).isTrue();
    assertThat(in.at()).isEqualTo(NOW);
    Session session = in.login().session();
    assertThat(session)
        .isEqualTo(
            Session.open(
                session.id(),
                session.id(),
                user,
                app.appId(),
                device,
                NOW,
                SessionLifetimes.DEFAULT));
    assertThat(storage.sessions().find(in.login().token()))
        .contains(new Sessions.Held(session, user.standing()));
  }

  @Test
  void identifiers_are_new_and_carry_the_time_of_the_login() {
    Logins.Recorded login = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    assertThat(login.user().id().value().version()).isEqualTo(7);
    assertThat(login.session().id().value().version()).isEqualTo(7);
    assertThat(login.user().id().value().getMostSignificantBits() >>> 16)
        .isEqualTo(NOW.toEpochMilli());
    assertThat(login.session().id().value().getMostSignificantBits() >>> 16)
        .isEqualTo(NOW.toEpochMilli());
    assertThat(login.session().id().value()).isNotEqualTo(login.user().id().value());
  }

  @Test
  void a_session_lives_as_long_as_its_mini_program_says() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofMinutes(5), Duration.ofHours(1));
    MiniProgram strict = Sample.miniProgram(lifetimes);
    storage.miniPrograms().save(strict);
    LoginCode code = weChat.codeFor("alice", strict);
    Session session =
        in(logIn.execute(
                new Command(
                    strict.appId(), code, Optional.empty(), Device.UNKNOWN, Optional.empty())))
            .login()
            .session();
    assertThat(session.idleExpiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(session.absoluteExpiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void the_same_person_is_the_same_user_in_another_session() {
    Logins.Recorded first = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    clock.advance(Duration.ofDays(1));
    Logins.Recorded second = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.newUser()).isFalse();
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(second.session().id()).isNotEqualTo(first.session().id());
    assertThat(second.session().createdAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(storage.sessions().find(first.token())).isPresent();
  }

  @Test
  void two_people_are_two_users() {
    Logins.Recorded alice = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    Logins.Recorded bob = in(logIn.execute(command(weChat.codeFor("bob", app)))).login();
    assertThat(bob.user().id()).isNotEqualTo(alice.user().id());
    assertThat(bob.newUser()).isTrue();
  }

  @Test
  void a_person_is_one_user_in_all_mini_programs_of_one_open_platform_account() {
    MiniProgram otherApp = Sample.miniProgram();
    storage.miniPrograms().save(otherApp);
    weChat.bind(app, "acme");
    weChat.bind(otherApp, "acme");
    Logins.Recorded here = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    Logins.Recorded there =
        in(logIn.execute(
                new Command(
                    otherApp.appId(),
                    weChat.codeFor("alice", otherApp),
                    Optional.empty(),
                    Device.UNKNOWN,
                    Optional.empty())))
            .login();
    assertThat(there.user().id()).isEqualTo(here.user().id());
    assertThat(there.session().appId()).isEqualTo(otherApp.appId());
  }

  @Test
  void a_user_who_is_suspended_is_not_let_in() {
    User alice = in(logIn.execute(command(weChat.codeFor("alice", app)))).login().user();
    storage.replace(withStatus(alice, User.Status.SUSPENDED));
    assertThat(logIn.execute(command(weChat.codeFor("alice", app)))).isEqualTo(new UserSuspended());
    storage.replace(withStatus(alice, User.Status.ACTIVE));
    assertThat(logIn.execute(command(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
  }

  @Test
  void a_suspended_user_is_not_let_in_by_sending_the_code_again() {
    User alice = in(logIn.execute(command(weChat.codeFor("alice", app)))).login().user();
    storage.replace(withStatus(alice, User.Status.SUSPENDED));
    Command command = command(weChat.codeFor("alice", app), "key");
    assertThat(logIn.execute(command)).isEqualTo(new UserSuspended());
    assertThat(logIn.execute(command)).isEqualTo(new UserSuspended());
  }

  @Test
  void a_user_who_is_suspended_after_the_login_does_not_get_the_answer_again() {
    Command command = command(weChat.codeFor("alice", app), "key");
    User alice = in(logIn.execute(command)).login().user();
    storage.replace(withStatus(alice, User.Status.SUSPENDED));
    assertThat(logIn.execute(command)).isEqualTo(new UserSuspended());
  }

  // Which mini program

  @Test
  void a_mini_program_that_is_not_known_logs_nobody_in_and_asks_nobody() {
    MiniProgram unknown = Sample.miniProgram();
    LoginCode code = weChat.codeFor("alice", unknown);
    Command command =
        new Command(unknown.appId(), code, Optional.empty(), Device.UNKNOWN, Optional.empty());
    assertThat(logIn.execute(command)).isEqualTo(new AppUnknown());
    assertThat(weChat.calls()).isZero();
    storage.miniPrograms().save(unknown);
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void a_mini_program_that_is_disabled_logs_nobody_in_and_asks_nobody() {
    storage.miniPrograms().save(app.withEnabled(false));
    Command command = command(weChat.codeFor("alice", app));
    assertThat(logIn.execute(command)).isEqualTo(new AppDisabled());
    assertThat(weChat.calls()).isZero();
    storage.miniPrograms().save(app);
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_build_that_the_mini_program_does_not_admit_is_not_let_in_and_asks_nobody(
      EnvVersion build) {
    admit(EnumSet.complementOf(EnumSet.of(build)));
    Command command = on(Sample.device(build), weChat.codeFor("alice", app));
    assertThat(logIn.execute(command)).isEqualTo(new BuildNotAdmitted());
    assertThat(weChat.calls()).isZero();
    admit(EnumSet.of(build));
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void a_client_that_does_not_say_its_build_is_a_released_one() {
    admit(EnumSet.of(EnvVersion.DEVELOP, EnvVersion.TRIAL));
    Command command = command(weChat.codeFor("alice", app));
    assertThat(logIn.execute(command)).isEqualTo(new BuildNotAdmitted());
    admit(EnumSet.of(EnvVersion.RELEASE));
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void an_answer_does_not_come_again_to_a_build_that_is_not_admitted_any_more() {
    Command command = command(weChat.codeFor("alice", app), "key");
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
    admit(EnumSet.of(EnvVersion.DEVELOP));
    assertThat(logIn.execute(command)).isEqualTo(new BuildNotAdmitted());
  }

  private void admit(Set<EnvVersion> builds) {
    MiniProgram strict =
        Sample.miniProgram(SessionLifetimes.DEFAULT, new SessionPolicy(builds, 10));
    storage
        .miniPrograms()
        .save(
            new MiniProgram(
                app.appId(),
                app.secrets(),
                true,
                app.lifetimes(),
                strict.policies(),
                Optional.empty()));
  }

  // The same install again

  @Test
  void a_login_on_the_same_install_takes_the_place_of_the_session_in_half_a_minute() {
    Device device = Sample.device();
    Logins.Recorded old = in(logIn.execute(on(device, weChat.codeFor("alice", app)))).login();
    clock.advance(Duration.ofMinutes(5));
    Logins.Recorded next = in(logIn.execute(on(device, weChat.codeFor("alice", app)))).login();
    assertThat(next.session().family()).isEqualTo(old.session().family());
    assertThat(next.session().id()).isNotEqualTo(old.session().id());
    assertThat(storage.sessions().find(old.token()).orElseThrow().session().ending())
        .contains(new Session.Ending(clock.instant().plus(Session.TAIL), EndReason.REPLACED));
  }

  @Test
  void a_login_that_cannot_be_recorded_replaces_nothing() {
    Device device = Sample.device();
    Logins.Recorded old = in(logIn.execute(on(device, weChat.codeFor("alice", app)))).login();
    LoginCode code = weChat.codeFor("alice", app);
    Outage outage = new Outage(1, Outage.Beginning.BEFORE_THE_CALL);
    LogIn cutOff =
        new LogIn(
            storage.miniPrograms(),
            weChat,
            outage.through(Logins.class, storage.logins()),
            ranks,
            storage.identities(),
            storage.auditLog(),
            afterwards::add,
            clock,
            new SecureRandom());
    assertThat(cutOff.execute(on(device, code))).isInstanceOf(NotRecorded.class);
    assertThat(storage.sessions().find(old.token()).orElseThrow().session())
        .isEqualTo(old.session());
  }

  private Command on(Device device, LoginCode code) {
    return new Command(app.appId(), code, Optional.empty(), device, Optional.empty());
  }

  // The same code again

  @Test
  void without_a_key_a_code_logs_in_once() {
    Command command = command(weChat.codeFor("alice", app));
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
    assertThat(logIn.execute(command)).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void with_the_same_key_the_answer_comes_again_for_its_lifetime() {
    Command command = command(weChat.codeFor("alice", app), "key");
    LoggedIn first = in(logIn.execute(command));
    assertThat(first.login().newUser()).isTrue();
    assertThat(logIn.execute(command)).isEqualTo(first);
    clock.advance(ResendKey.LIFETIME);
    assertThat(logIn.execute(command))
        .isEqualTo(new LoggedIn(first.login(), NOW.plus(ResendKey.LIFETIME)));
    clock.advance(Duration.ofMillis(1));
    assertThat(logIn.execute(command)).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void with_another_key_or_none_the_answer_does_not_come_again() {
    LoginCode code = weChat.codeFor("alice", app);
    assertThat(logIn.execute(command(code, "key"))).isInstanceOf(LoggedIn.class);
    assertThat(logIn.execute(command(code, "Key"))).isEqualTo(new CodeSentBefore());
    assertThat(logIn.execute(command(code))).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void a_login_without_a_key_cannot_be_had_with_one() {
    LoginCode code = weChat.codeFor("alice", app);
    assertThat(logIn.execute(command(code))).isInstanceOf(LoggedIn.class);
    assertThat(logIn.execute(command(code, "key"))).isEqualTo(new CodeSentBefore());
  }

  @Test
  void one_key_may_serve_for_two_codes() {
    LoggedIn alice = in(logIn.execute(command(weChat.codeFor("alice", app), "key")));
    LoggedIn bob = in(logIn.execute(command(weChat.codeFor("bob", app), "key")));
    assertThat(bob.login().token()).isNotEqualTo(alice.login().token());
  }

  @Test
  void fifty_parallel_posts_of_one_code_with_one_key_make_one_exchange_and_one_session() {
    Command command = command(weChat.codeFor("alice", app), "key");
    List<Result> results = AtOnce.run(50, _ -> logIn.execute(command));
    assertThat(results).hasSize(50).containsOnly(results.getFirst());
    Logins.Recorded login = in(results.getFirst()).login();
    assertThat(storage.sessions().find(login.token())).isPresent();
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void fifty_parallel_posts_of_one_code_without_a_key_log_one_in() {
    Command command = command(weChat.codeFor("alice", app));
    List<Result> results = AtOnce.run(50, _ -> logIn.execute(command));
    assertThat(results).filteredOn(LoggedIn.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(new CodeSentBefore()::equals).hasSize(49);
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void who_sends_a_code_again_while_it_is_exchanged_waits_for_the_answer() {
    Command command = command(weChat.codeFor("alice", app), "key");
    weChat.hold();
    List<InBackground<Result>> posts = inFlight(8, command);
    weChat.letGo();
    List<Result> results = posts.stream().map(InBackground::result).toList();
    assertThat(in(results.getFirst()).login().user().createdAt()).isEqualTo(NOW);
    assertThat(results).containsOnly(results.getFirst());
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void who_sends_a_code_again_without_a_key_while_it_is_exchanged_does_not_wait() {
    LoginCode code = weChat.codeFor("alice", app);
    weChat.hold();
    InBackground<Result> first = InBackground.start(() -> logIn.execute(command(code)));
    await().until(() -> weChat.calls() == 1);
    assertThat(logIn.execute(command(code))).isEqualTo(new CodeSentBefore());
    weChat.letGo();
    assertThat(first.result()).isInstanceOf(LoggedIn.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CODE_INVALID", "CODE_USED", "USER_BLOCKED", "INVALID_ANSWER", "TIMED_OUT"})
  void who_waits_for_an_exchange_that_uses_the_code_up_in_vain_is_told_why(WeChatFailure failure) {
    Command command = command(weChat.codeFor("alice", app), "key");
    weChat.hold();
    weChat.failNext(failure);
    List<InBackground<Result>> posts = inFlight(8, command);
    weChat.letGo();
    assertThat(posts)
        .extracting(InBackground::result)
        .containsOnly(new ExchangeFailed(failure, Optional.empty()));
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void those_who_wait_for_an_exchange_that_leaves_the_code_good_are_told_to_try_again() {
    Command command = command(weChat.codeFor("alice", app), "key");
    weChat.failNext(WeChatFailure.BUSY);
    weChat.hold();
    List<InBackground<Result>> posts =
        IntStream.range(0, 8)
            .mapToObj(_ -> InBackground.start(() -> logIn.execute(command)))
            .toList();
    posts.forEach(InBackground::untilItWaits);
    weChat.letGo();
    assertThat(posts)
        .extracting(InBackground::result)
        .allSatisfy(
            result ->
                assertThat(result)
                    .isInstanceOfSatisfying(
                        ExchangeFailed.class,
                        failed -> {
                          assertThat(failed.failure()).isEqualTo(WeChatFailure.BUSY);
                          assertThat(failed.retryAfter()).isPresent();
                        }));
    assertThat(weChat.calls()).isEqualTo(1);
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  // WeChat's failures

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_with_the_time_to_wait(WeChatFailure failure) {
    Optional<Duration> retryAfter = Optional.of(Duration.ofSeconds(7));
    CodeExchange failing = (_, _) -> new Reply.Failed<>(failure, retryAfter);
    assertThat(logIn(failing).execute(command(weChat.codeFor("alice", app), "key")))
        .isEqualTo(new ExchangeFailed(failure, retryAfter));
  }

  @ParameterizedTest
  @EnumSource
  void without_a_key_a_code_can_be_sent_again_if_it_is_not_used_up(WeChatFailure failure) {
    Command command = command(weChat.codeFor("alice", app));
    weChat.failNext(failure);
    assertThat(logIn.execute(command)).isInstanceOf(ExchangeFailed.class);
    Result second = logIn.execute(command);
    if (failure.codeSpent()) {
      assertThat(second).isEqualTo(new CodeSentBefore());
      assertThat(weChat.calls()).isEqualTo(1);
    } else {
      assertThat(second).isInstanceOf(LoggedIn.class);
      assertThat(weChat.calls()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void with_a_key_a_failure_that_used_the_code_up_is_told_again(WeChatFailure failure) {
    Command command = command(weChat.codeFor("alice", app), "key");
    weChat.failNext(failure);
    assertThat(logIn.execute(command)).isInstanceOf(ExchangeFailed.class);
    Result second = logIn.execute(command);
    if (failure.codeSpent()) {
      assertThat(second).isEqualTo(new ExchangeFailed(failure, Optional.empty()));
      assertThat(weChat.calls()).isEqualTo(1);
    } else {
      assertThat(second).isInstanceOf(LoggedIn.class);
      assertThat(weChat.calls()).isEqualTo(2);
    }
  }

  @Test
  void a_code_that_wechat_does_not_know_is_invalid() {
    assertThat(logIn.execute(command(Sample.code())))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  // People whom WeChat takes for a risk

  @Test
  void a_login_does_not_wait_for_a_rank_that_is_only_written_down() {
    risk(Reaction.FLAG, 3);
    rank("alice", 4);
    assertThat(logIn.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    assertThat(ranks.calls()).isZero();
    assertThat(rankOf("alice")).isEmpty();
    assertThat(afterwards).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true", "4, true"})
  void the_rank_is_written_down_afterwards(int rank, boolean flagged) {
    risk(Reaction.FLAG, 3);
    rank("alice", rank);
    logIn.execute(from(weChat.codeFor("alice", app)));
    clock.advance(Duration.ofSeconds(1));
    runAfterwards();
    assertThat(rankOf("alice"))
        .contains(new Identities.Ranked(rank, flagged, NOW.plus(Duration.ofSeconds(1))));
    assertThat(ranks.clientAddresses()).containsExactly(CLIENT_ADDRESS);
  }

  @Test
  void the_rank_of_a_person_is_asked_for_once_a_day() {
    risk(Reaction.FLAG, 3);
    rank("alice", 4);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    clock.advance(Duration.ofDays(1).minusMillis(1));
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    assertThat(ranks.calls()).isEqualTo(1);
    logIn.execute(from(weChat.codeFor("bob", app)));
    runAfterwards();
    assertThat(ranks.calls()).isEqualTo(2);
    clock.advance(Duration.ofMillis(1));
    rank("alice", 1);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    assertThat(ranks.calls()).isEqualTo(3);
    assertThat(rankOf("alice")).contains(new Identities.Ranked(1, false, clock.instant()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "APP_REFUSED")
  void a_rank_that_wechat_does_not_give_is_asked_for_at_the_next_login(WeChatFailure failure) {
    risk(Reaction.FLAG, 3);
    ranks.failNext(failure);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    assertThat(rankOf("alice")).isEmpty();
    rank("alice", 4);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    assertThat(rankOf("alice")).contains(new Identities.Ranked(4, true, NOW));
  }

  @Test
  void of_a_mini_program_that_gets_no_ranks_none_is_asked_for_within_an_hour() {
    risk(Reaction.FLAG, 3);
    ranks.failNext(WeChatFailure.APP_REFUSED);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    rank("alice", 4);
    clock.advance(Duration.ofHours(1).minusMillis(1));
    for (String user : List.of("alice", "bob", "carol")) {
      assertThat(logIn.execute(from(weChat.codeFor(user, app)))).isInstanceOf(LoggedIn.class);
      runAfterwards();
    }
    assertThat(ranks.calls()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    assertThat(ranks.calls()).isEqualTo(2);
    assertThat(rankOf("alice")).contains(new Identities.Ranked(4, true, clock.instant()));
  }

  @Test
  void that_one_mini_program_gets_no_ranks_does_not_matter_to_another() {
    risk(Reaction.FLAG, 3);
    MiniProgram other = Sample.miniProgram();
    storage.miniPrograms().save(withRisk(other, new RiskPolicy(Reaction.FLAG, 3)));
    ranks.failNext(WeChatFailure.APP_REFUSED);
    logIn.execute(from(weChat.codeFor("alice", app)));
    runAfterwards();
    logIn.execute(
        new Command(
            other.appId(),
            weChat.codeFor("alice", other),
            Optional.empty(),
            Device.UNKNOWN,
            Optional.of(CLIENT_ADDRESS)));
    runAfterwards();
    assertThat(storage.identities().ranked(other.appId(), weChat.openIdOf("alice", other)))
        .contains(new Identities.Ranked(0, false, NOW));
  }

  @Test
  void a_login_that_is_recorded_is_answered_even_if_its_rank_cannot_be_asked_for() {
    risk(Reaction.FLAG, 3);
    LogIn full =
        logIn(
            weChat,
            ranks,
            storage.identities(),
            _ -> {
              throw new RejectedExecutionException("full");
            });
    assertThat(full.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
  }

  @Test
  void a_login_that_is_recorded_is_answered_even_if_its_rank_cannot_be_written_down() {
    risk(Reaction.FLAG, 3);
    InMemoryStorage down = new InMemoryStorage();
    down.goDown();
    LogIn atOnce = logIn(weChat, ranks, down.identities(), Runnable::run);
    assertThat(atOnce.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
  }

  @Test
  void without_a_clients_address_wechat_is_not_asked_for_a_rank() {
    rank("alice", 4);
    risk(Reaction.FLAG, 1);
    assertThat(logIn.execute(command(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    runAfterwards();
    risk(Reaction.REFUSE, 1);
    assertThat(logIn.execute(command(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    assertThat(ranks.calls()).isZero();
  }

  @Test
  void where_risks_are_no_matter_wechat_is_not_asked_for_a_rank() {
    risk(Reaction.OFF, 1);
    rank("alice", 4);
    assertThat(logIn.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    runAfterwards();
    assertThat(ranks.calls()).isZero();
    assertThat(rankOf("alice")).isEmpty();
  }

  @Test
  void a_person_below_the_limit_is_let_in() {
    risk(Reaction.REFUSE, 3);
    rank("alice", 2);
    assertThat(logIn.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    assertThat(ranks.clientAddresses()).containsExactly(CLIENT_ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void a_person_from_the_limit_on_is_refused_and_leaves_nothing_here(int rank) {
    risk(Reaction.REFUSE, 3);
    rank("alice", rank);
    assertThat(logIn.execute(from(weChat.codeFor("alice", app)))).isEqualTo(BLOCKED);
    assertThat(storage.identities().find(app.appId(), weChat.openIdOf("alice", app))).isEmpty();
    rank("alice", 0);
    assertThat(in(logIn.execute(from(weChat.codeFor("alice", app)))).login().newUser()).isTrue();
  }

  @Test
  void the_code_of_a_person_who_was_refused_is_used_up() {
    risk(Reaction.REFUSE, 3);
    rank("alice", 4);
    LoginCode code = weChat.codeFor("alice", app);
    Command withKey =
        new Command(
            app.appId(), code, Optional.of("key"), Device.UNKNOWN, Optional.of(CLIENT_ADDRESS));
    assertThat(logIn.execute(withKey)).isEqualTo(BLOCKED);
    rank("alice", 0);
    assertThat(logIn.execute(withKey)).isEqualTo(BLOCKED);
    assertThat(logIn.execute(from(code))).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
    assertThat(ranks.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void nobody_is_kept_out_because_wechat_gives_no_rank(WeChatFailure failure) {
    risk(Reaction.REFUSE, 1);
    ranks.failNext(failure);
    assertThat(logIn.execute(from(weChat.codeFor("alice", app)))).isInstanceOf(LoggedIn.class);
    assertThat(ranks.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void nobody_is_kept_out_because_the_storage_has_no_token_to_ask_for_the_rank(
      Outage.Beginning beginning) {
    risk(Reaction.REFUSE, 1);
    rank("alice", 4);
    LogIn cutOff =
        logIn(
            weChat,
            new Outage(0, beginning).through(RiskAssessment.class, ranks),
            storage.identities(),
            afterwards::add);
    LoggedIn in = in(cutOff.execute(from(weChat.codeFor("alice", app))));
    assertThat(storage.sessions().find(in.login().token())).isPresent();
  }

  @Test
  void nobody_is_asked_for_the_rank_of_a_person_whom_wechat_does_not_vouch_for() {
    risk(Reaction.REFUSE, 1);
    weChat.failNext(WeChatFailure.CODE_INVALID);
    logIn.execute(from(weChat.codeFor("alice", app)));
    risk(Reaction.FLAG, 1);
    weChat.failNext(WeChatFailure.CODE_INVALID);
    logIn.execute(from(weChat.codeFor("alice", app)));
    assertThat(ranks.calls()).isZero();
    assertThat(afterwards).isEmpty();
  }

  // What the audit log says of it

  @Test
  void who_is_refused_as_a_risk_is_in_the_audit_log() {
    LoggedIn in = in(logIn.execute(from(weChat.codeFor("alice", app))));
    risk(Reaction.REFUSE, 3);
    rank("alice", 4);
    rank("bob", 4);
    logIn.execute(from(weChat.codeFor("alice", app)));
    logIn.execute(from(weChat.codeFor("bob", app)));
    assertThat(refusals())
        .containsExactlyInAnyOrder(
            refusal("RISK").withUser(in.login().user().id()), refusal("RISK"));
  }

  @Test
  void who_is_blocked_by_wechat_is_in_the_audit_log_and_a_bad_code_is_not() {
    weChat.failNext(WeChatFailure.USER_BLOCKED);
    logIn.execute(from(weChat.codeFor("alice", app)));
    weChat.failNext(WeChatFailure.CODE_INVALID);
    logIn.execute(from(weChat.codeFor("alice", app)));
    assertThat(refusals()).containsExactly(refusal("BLOCKED_BY_WECHAT"));
  }

  @Test
  void a_suspended_user_who_logs_in_is_in_the_audit_log_as_refused_once() {
    User alice = in(logIn.execute(command(weChat.codeFor("alice", app)))).login().user();
    storage.replace(withStatus(alice, User.Status.SUSPENDED));
    Command command = command(weChat.codeFor("alice", app), "key");
    logIn.execute(command);
    logIn.execute(command);
    assertThat(refusals())
        .extracting(AuditEvent::details)
        .containsExactly(Map.of("reason", "SUSPENDED"));
  }

  private AuditEvent refusal(String reason) {
    return AuditEvents.loginRefused(app.appId(), Optional.empty(), reason, NOW);
  }

  private List<AuditEvent> refusals() {
    return storage.auditLog().since(Instant.EPOCH, Optional.empty(), 1000).stream()
        .map(AuditEntry::event)
        .filter(event -> event.kind() == AuditEvent.Kind.LOGIN_REFUSED)
        .toList();
  }

  // The storage's failures

  @Test
  void without_the_storage_nobody_is_asked() {
    Command command = command(weChat.codeFor("alice", app));
    storage.goDown();
    assertUnavailable(logIn, command);
    assertThat(weChat.calls()).isZero();
    storage.comeBack();
    assertThat(logIn.execute(command)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void without_a_claim_the_code_is_not_exchanged() {
    InMemoryStorage down = new InMemoryStorage();
    down.goDown();
    LogIn halfDown =
        new LogIn(
            storage.miniPrograms(),
            weChat,
            down.logins(),
            ranks,
            storage.identities(),
            storage.auditLog(),
            afterwards::add,
            clock,
            new SecureRandom());
    assertUnavailable(halfDown, command(weChat.codeFor("alice", app)));
    assertThat(weChat.calls()).isZero();
  }

  @Test
  void a_login_that_cannot_be_recorded_is_no_login_and_its_code_is_not_sent_again() {
    Command command = command(weChat.codeFor("alice", app));
    assertThat(logIn(storageGoesDownDuringTheExchange()).execute(command))
        .isInstanceOf(NotRecorded.class);
    storage.comeBack();
    assertThat(logIn.execute(command)).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
    Logins.Recorded next = in(logIn.execute(command(weChat.codeFor("alice", app)))).login();
    assertThat(next.newUser()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_that_cannot_be_recorded_is_not_told(WeChatFailure failure) {
    Command command = command(weChat.codeFor("alice", app));
    weChat.failNext(failure);
    assertUnavailable(logIn(storageGoesDownDuringTheExchange()), command);
    storage.comeBack();
    assertThat(logIn.execute(command)).isEqualTo(new CodeSentBefore());
    assertThat(weChat.calls()).isEqualTo(1);
  }

  @Test
  void who_waits_for_an_answer_is_told_when_the_storage_goes_down() {
    LoginCode code = weChat.codeFor("alice", app);
    storage.logins().claim(LoginClaim.of(app.appId(), code), clock.instant());
    InBackground<Result> waiting =
        InBackground.start(() -> logIn.execute(command(code, "key"))).untilItWaits();
    storage.goDown();
    assertThatThrownBy(waiting::result).hasCauseInstanceOf(StorageUnavailable.class);
    assertThat(weChat.calls()).isZero();
  }

  private LogIn logIn(CodeExchange codeExchange) {
    return logIn(codeExchange, ranks, storage.identities(), afterwards::add);
  }

  private LogIn logIn(
      CodeExchange codeExchange,
      RiskAssessment riskAssessment,
      Identities identities,
      Executor executor) {
    return new LogIn(
        storage.miniPrograms(),
        codeExchange,
        storage.logins(),
        riskAssessment,
        identities,
        storage.auditLog(),
        executor,
        clock,
        new SecureRandom());
  }

  private CodeExchange storageGoesDownDuringTheExchange() {
    return (miniProgram, code) -> {
      storage.goDown();
      return weChat.exchange(miniProgram, code);
    };
  }

  /** Sends the command so often at once, and returns when one exchanges and the others wait. */
  private List<InBackground<Result>> inFlight(int count, Command command) {
    List<InBackground<Result>> posts =
        IntStream.range(0, count)
            .mapToObj(_ -> InBackground.start(() -> logIn.execute(command)))
            .toList();
    await().until(() -> weChat.calls() == 1);
    posts.forEach(InBackground::untilItWaits);
    return posts;
  }

  private void risk(Reaction reaction, int from) {
    storage.miniPrograms().save(withRisk(app, new RiskPolicy(reaction, from)));
  }

  private static MiniProgram withRisk(MiniProgram of, RiskPolicy risk) {
    Policies policies =
        new Policies(
            Tenant.DEFAULT,
            ContentPolicy.DEFAULT,
            risk,
            Policies.DEFAULT.encryptedDataChecked(),
            Policies.DEFAULT.sessions());
    return new MiniProgram(
        of.appId(), of.secrets(), true, of.lifetimes(), policies, Optional.empty());
  }

  /** From now on WeChat takes the user for such a risk. */
  private void rank(String user, int rank) {
    ranks.setRank(weChat.openIdOf(user, app), rank);
  }

  private void runAfterwards() {
    for (Runnable task = afterwards.poll(); task != null; task = afterwards.poll()) {
      task.run();
    }
  }

  private Optional<Identities.Ranked> rankOf(String user) {
    return storage.identities().ranked(app.appId(), weChat.openIdOf(user, app));
  }

  private Command from(LoginCode code) {
    return new Command(
        app.appId(), code, Optional.empty(), Device.UNKNOWN, Optional.of(CLIENT_ADDRESS));
  }

  private Command command(LoginCode code) {
    return new Command(app.appId(), code, Optional.empty(), Device.UNKNOWN, Optional.empty());
  }

  private Command command(LoginCode code, String idempotencyKey) {
    return new Command(
        app.appId(), code, Optional.of(idempotencyKey), Device.UNKNOWN, Optional.empty());
  }

  private static void assertUnavailable(LogIn logIn, Command command) {
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> logIn.execute(command));
  }

  private static LoggedIn in(Result result) {
    assertThat(result).isInstanceOf(LoggedIn.class);
    return (LoggedIn) result;
  }

  private static User withStatus(User user, User.Status status) {
    return new User(
        user.id(), status, user.sessionEpoch(), user.profile(), user.createdAt(), user.updatedAt());
  }
}
