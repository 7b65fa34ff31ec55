package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.session.CheckSession.Active;
import dev.minilogin.application.session.CheckSession.Ended;
import dev.minilogin.application.session.CheckSession.Result;
import dev.minilogin.application.session.CheckSession.Unknown;
import dev.minilogin.application.testing.ForwardingSessions;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckSessionTest {
  private static final Instant LOGIN = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration IDLE = SessionLifetimes.DEFAULT.idle();
  private static final Duration ABSOLUTE = SessionLifetimes.DEFAULT.absolute();

  private final InMemoryStorage storage = new InMemoryStorage();
  private final MutableClock clock = new MutableClock(LOGIN);
  private final AtomicInteger writes = new AtomicInteger();
  private final MiniProgram app = Sample.miniProgram();
  private final WeChatIdentity alice = Sample.identity();
  private final CheckSession check = check(counting(storage.sessions()));
  private Logins.Recorded login;

  @BeforeEach
  void a_user_is_logged_in() {
    storage.miniPrograms().save(app);
    login = logIn(app, Device.UNKNOWN);
  }

  @Test
  void a_good_session_is_told() {
    assertThat(check.execute(login.token())).isEqualTo(new Active(login.session(), LOGIN));
    clock.advance(Duration.ofMinutes(1));
    assertThat(check.execute(login.token()))
        .isEqualTo(new Active(login.session(), LOGIN.plus(Duration.ofMinutes(1))));
  }

  @Test
  void a_token_that_was_never_given_is_unknown() {
    assertThat(check.execute(Sample.token())).isEqualTo(new Unknown());
  }

  @Test
  void an_unused_session_is_good_up_to_its_idle_end() {
    clock.advance(IDLE.minus(MILLISECOND));
    assertActive(login.token());
  }

  @Test
  void an_unused_session_is_over_at_its_idle_end() {
    clock.advance(IDLE);
    assertEnded(login.token(), EndReason.IDLE);
    assertThat(stored()).isEqualTo(login.session());
  }

  @Test
  void a_session_in_use_is_good_up_to_its_absolute_end_and_not_at_it() {
    Duration step = Duration.ofHours(12);
    Instant end = LOGIN.plus(ABSOLUTE);
    for (clock.advance(step); clock.instant().isBefore(end); clock.advance(step)) {
      assertActive(login.token());
    }
    clock.set(end.minus(MILLISECOND));
    assertActive(login.token());
    clock.set(end);
    assertEnded(login.token(), EndReason.EXPIRED);
  }

  @Test
  void a_session_with_a_short_idle_lifetime_lives_as_long_as_it_is_used() {
    MiniProgram strict =
        Sample.miniProgram(new SessionLifetimes(Duration.ofMinutes(5), Duration.ofDays(1)));
    storage.miniPrograms().save(strict);
    Logins.Recorded used =
        storage
            .logins()
            .record(
                Sample.newLogin(
                    strict, Sample.identity(), Device.UNKNOWN, Optional.empty(), LOGIN));
    for (int minute = 0; minute < 60; minute++) {
      assertActive(used.token());
      clock.advance(Duration.ofMinutes(1));
    }
    clock.advance(Duration.ofMinutes(4));
    assertEnded(used.token(), EndReason.IDLE);
  }

  @Test
  void a_use_is_written_down_every_ten_minutes_at_most() {
    for (int minute = 0; minute < 60; minute++) {
      assertActive(login.token());
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(writes).hasValue(5);
    assertThat(stored().lastSeenAt()).isEqualTo(LOGIN.plus(Duration.ofMinutes(50)));
  }

  @Test
  void a_use_before_ten_minutes_are_over_writes_nothing() {
    clock.advance(Session.SLIDE_EVERY.minus(MILLISECOND));
    assertActive(login.token());
    assertThat(stored()).isEqualTo(login.session());
    assertThat(writes).hasValue(0);
  }

  @Test
  void a_use_after_ten_minutes_moves_the_idle_end_and_tells_so() {
    clock.advance(Session.SLIDE_EVERY);
    Instant now = LOGIN.plus(Session.SLIDE_EVERY);
    Session used = login.session().usedAt(now, SessionLifetimes.DEFAULT);
    assertThat(check.execute(login.token())).isEqualTo(new Active(used, now));
    assertThat(stored()).isEqualTo(used);
    assertThat(used.idleExpiresAt()).isEqualTo(now.plus(IDLE));
  }

  @Test
  void a_use_that_was_written_down_by_somebody_else_is_no_matter() {
    clock.advance(Session.SLIDE_EVERY);
    Session byAnother =
        login.session().usedAt(clock.instant().plusMillis(1), SessionLifetimes.DEFAULT);
    CheckSession late =
        check(beforeSliding(() -> storage.sessions().slide(login.session(), byAnother)));
    assertThat(late.execute(login.token())).isEqualTo(new Active(byAnother, clock.instant()));
    assertThat(stored()).isEqualTo(byAnother);
  }

  @Test
  void a_session_that_ends_before_its_use_is_written_down_is_over() {
    clock.advance(Session.SLIDE_EVERY);
    CheckSession late = check(beforeSliding(() -> end(login.session(), EndReason.REVOKED)));
    assertThat(late.execute(login.token())).isEqualTo(new Ended(EndReason.REVOKED));
  }

  @Test
  void a_session_that_is_replaced_before_its_use_is_written_down_is_good_in_its_tail() {
    Device device = Sample.device();
    Logins.Recorded old = logIn(app, device);
    clock.advance(Session.SLIDE_EVERY);
    CheckSession late = check(beforeSliding(() -> logIn(app, device)));
    assertThat(late.execute(old.token()))
        .isEqualTo(
            new Active(
                old.session()
                    .endedBy(
                        new Session.Ending(clock.instant().plus(Session.TAIL), EndReason.REPLACED)),
                clock.instant()));
  }

  @Test
  void a_session_that_is_gone_before_its_use_is_written_down_is_unknown() {
    clock.advance(Session.SLIDE_EVERY);
    CheckSession late =
        check(
            new ForwardingSessions(storage.sessions()) {
              @Override
              public boolean slide(Session seen, Session used) {
                return false;
              }

              @Override
              public Optional<Held> findStored(SessionToken token) {
                return Optional.empty();
              }
            });
    assertThat(late.execute(login.token())).isEqualTo(new Unknown());
  }

  @Test
  void what_was_remembered_of_a_session_is_not_believed_once_its_use_could_not_be_written() {
    Optional<Sessions.Held> remembered = storage.sessions().find(login.token());
    end(login.session(), EndReason.SIGNED_OUT);
    CheckSession stale =
        check(
            new ForwardingSessions(storage.sessions()) {
              @Override
              public Optional<Held> find(SessionToken token) {
                return remembered;
              }
            });
    clock.advance(Session.SLIDE_EVERY);
    assertThat(stale.execute(login.token())).isEqualTo(new Ended(EndReason.SIGNED_OUT));
  }

  @Test
  void fifty_parallel_checks_are_all_good_and_write_one_use_down() {
    clock.advance(Session.SLIDE_EVERY);
    assertThat(AtOnce.run(50, _ -> check.execute(login.token())))
        .hasSize(50)
        .allSatisfy(
            result ->
                assertThat(result)
                    .isInstanceOfSatisfying(
                        Active.class,
                        active ->
                            assertThat(active.session().id()).isEqualTo(login.session().id())));
    assertThat(stored().lastSeenAt()).isEqualTo(clock.instant());
    assertThat(writes).hasValue(1);
  }

  @Test
  void the_lifetimes_of_today_count_for_the_next_use() {
    storage
        .miniPrograms()
        .save(
            new MiniProgram(
                app.appId(),
                app.secrets().current(),
                true,
                new SessionLifetimes(Duration.ofHours(1), Duration.ofDays(60))));
    clock.advance(Session.SLIDE_EVERY);
    assertActive(login.token());
    assertThat(stored().idleExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    assertThat(stored().absoluteExpiresAt()).isEqualTo(LOGIN.plus(ABSOLUTE));
  }

  @ParameterizedTest
  @EnumSource
  void a_session_that_was_ended_tells_why(EndReason reason) {
    end(login.session(), reason);
    assertEnded(login.token(), reason);
    clock.advance(Session.SLIDE_EVERY);
    assertEnded(login.token(), reason);
    assertThat(writes).hasValue(0);
  }

  @Test
  void another_session_of_the_same_user_stays_good() {
    Logins.Recorded other = logIn(app, Sample.device());
    assertThat(other.user()).isEqualTo(login.user());
    end(other.session(), EndReason.SIGNED_OUT);
    assertEnded(other.token(), EndReason.SIGNED_OUT);
    assertActive(login.token());
  }

  @Test
  void a_suspended_user_has_no_good_session_until_it_is_let_in_again() {
    storage.replace(user(User.Status.SUSPENDED, 0));
    assertEnded(login.token(), EndReason.USER_SUSPENDED);
    storage.replace(user(User.Status.ACTIVE, 0));
    assertActive(login.token());
  }

  @Test
  void a_deleted_user_has_no_good_session() {
    storage.replace(user(User.Status.DELETED, 0));
    assertEnded(login.token(), EndReason.ACCOUNT_DELETED);
  }

  @Test
  void a_new_epoch_ends_all_sessions_of_the_user() {
    storage.replace(user(User.Status.ACTIVE, 1));
    assertEnded(login.token(), EndReason.REVOKED);
  }

  @Test
  void a_disabled_mini_program_has_no_good_session_until_it_is_enabled_again() {
    storage.miniPrograms().save(app.withEnabled(false));
    clock.advance(Session.SLIDE_EVERY);
    assertEnded(login.token(), EndReason.APP_DISABLED);
    assertThat(stored()).isEqualTo(login.session());
    storage.miniPrograms().save(app);
    assertActive(login.token());
  }

  @Test
  void a_mini_program_that_is_gone_has_no_good_session() {
    CheckSession elsewhere =
        new CheckSession(storage.sessions(), new InMemoryStorage().miniPrograms(), clock);
    assertThat(elsewhere.execute(login.token())).isEqualTo(new Ended(EndReason.APP_DISABLED));
  }

  @ParameterizedTest
  @EnumSource
  void a_build_that_is_not_admitted_any_more_has_no_good_session_until_it_is_again(
      EnvVersion build) {
    Logins.Recorded built = logIn(app, Sample.device(build));
    admit(EnumSet.complementOf(EnumSet.of(build)));
    clock.advance(Session.SLIDE_EVERY);
    assertEnded(built.token(), EndReason.APP_DISABLED);
    assertThat(writes).hasValue(0);
    admit(EnumSet.of(build));
    assertActive(built.token());
  }

  @Test
  void a_session_of_a_client_that_does_not_say_its_build_is_one_of_a_released_one() {
    admit(EnumSet.of(EnvVersion.DEVELOP, EnvVersion.TRIAL));
    assertEnded(login.token(), EndReason.APP_DISABLED);
    admit(EnumSet.of(EnvVersion.RELEASE));
    assertActive(login.token());
  }

  // A token that is sent after it was replaced

  @Test
  void a_session_that_was_replaced_is_good_in_its_tail_and_over_at_its_end() {
    Replaced replaced = replaced();
    clock.set(replaced.end().minus(MILLISECOND));
    assertActive(replaced.old().token());
    clock.set(replaced.end());
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertActive(replaced.next().token());
  }

  @Test
  void a_late_request_with_a_replaced_token_ends_nothing_else() {
    Replaced replaced = replaced();
    clock.set(replaced.end().plusSeconds(30).minus(MILLISECOND));
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertActive(replaced.next().token());
  }

  @Test
  void a_replaced_token_that_is_sent_later_ends_what_came_of_it_and_nothing_else() {
    Replaced replaced = replaced();
    Logins.Recorded other = logIn(app, Sample.device());
    clock.set(replaced.end().plusSeconds(30));
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertEnded(replaced.next().token(), EndReason.REVOKED);
    assertActive(login.token());
    assertActive(other.token());
  }

  @Test
  void the_heir_of_an_heir_ends_too() {
    Replaced replaced = replaced();
    clock.set(replaced.end().plusSeconds(29));
    Logins.Recorded last = logIn(app, replaced.old().session().device());
    clock.advance(Duration.ofSeconds(1));
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertEnded(replaced.next().token(), EndReason.REVOKED);
    assertEnded(last.token(), EndReason.REVOKED);
  }

  @Test
  void a_login_after_a_theft_is_good_whatever_is_sent() {
    Replaced replaced = replaced();
    clock.set(replaced.end().plusSeconds(30));
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    Logins.Recorded again = logIn(app, replaced.old().session().device());
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertEnded(replaced.next().token(), EndReason.REVOKED);
    assertActive(again.token());
  }

  @ParameterizedTest
  @EnumSource(names = "REPLACED", mode = EnumSource.Mode.EXCLUDE)
  void a_token_whose_session_ended_otherwise_ends_nothing_else(EndReason reason) {
    Replaced replaced = replaced();
    end(replaced.old().session(), reason);
    clock.advance(Duration.ofHours(1));
    assertEnded(replaced.old().token(), reason);
    assertActive(replaced.next().token());
  }

  @Test
  void a_theft_that_cannot_be_answered_is_not_told_as_a_mere_end() {
    Replaced replaced = replaced();
    clock.set(replaced.end().plusSeconds(30));
    CheckSession cutOff =
        check(
            new Outage(1, Outage.Beginning.BEFORE_THE_CALL)
                .through(Sessions.class, storage.sessions()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> cutOff.execute(replaced.old().token()));
    assertEnded(replaced.old().token(), EndReason.REPLACED);
    assertEnded(replaced.next().token(), EndReason.REVOKED);
  }

  /**
   * A session and the one that took its place.
   *
   * @param end of the old one's tail
   */
  private record Replaced(Logins.Recorded old, Logins.Recorded next, Instant end) {}

  private Replaced replaced() {
    Device device = Sample.device();
    Logins.Recorded old = logIn(app, device);
    clock.advance(Duration.ofMinutes(1));
    Logins.Recorded next = logIn(app, device);
    return new Replaced(old, next, clock.instant().plus(Session.TAIL));
  }

  @Test
  void what_ended_the_session_is_told_before_what_became_of_its_mini_program() {
    end(login.session(), EndReason.SIGNED_OUT);
    storage.miniPrograms().save(app.withEnabled(false));
    assertEnded(login.token(), EndReason.SIGNED_OUT);
  }

  @Test
  void a_session_that_cannot_be_checked_is_neither_good_nor_bad() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> check.execute(login.token()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> check.execute(Sample.token()));
    storage.comeBack();
    assertActive(login.token());
  }

  @Test
  void a_session_whose_mini_program_cannot_be_checked_is_neither_good_nor_bad() {
    InMemoryStorage down = new InMemoryStorage();
    down.goDown();
    CheckSession halfDown = new CheckSession(storage.sessions(), down.miniPrograms(), clock);
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> halfDown.execute(login.token()));
  }

  private CheckSession check(Sessions sessions) {
    return new CheckSession(sessions, storage.miniPrograms(), clock);
  }

  private void assertActive(SessionToken token) {
    Result result = check.execute(token);
    assertThat(result)
        .isInstanceOfSatisfying(
            Active.class, active -> assertThat(active.at()).isEqualTo(clock.instant()));
  }

  private void assertEnded(SessionToken token, EndReason reason) {
    assertThat(check.execute(token)).isEqualTo(new Ended(reason));
  }

  private void end(Session session, EndReason reason) {
    assertThat(storage.sessions().end(session.userId(), session.id(), clock.instant(), reason))
        .isTrue();
  }

  /** A login of the user who is logged in already. */
  private Logins.Recorded logIn(MiniProgram at, Device device) {
    return storage
        .logins()
        .record(Sample.newLogin(at, alice, device, Optional.empty(), clock.instant()));
  }

  private void admit(Set<EnvVersion> builds) {
    Policies policies =
        Sample.miniProgram(SessionLifetimes.DEFAULT, new SessionPolicy(builds, 10)).policies();
    storage
        .miniPrograms()
        .save(
            new MiniProgram(
                app.appId(), app.secrets(), true, app.lifetimes(), policies, Optional.empty()));
  }

  private Session stored() {
    return storage.sessions().find(login.token()).orElseThrow().session();
  }

  private User user(User.Status status, int epoch) {
    User user = login.user();
    return new User(user.id(), status, epoch, user.profile(), user.createdAt(), user.updatedAt());
  }

  /** Counts the uses that were written down. */
  private Sessions counting(Sessions sessions) {
    return new ForwardingSessions(sessions) {
      @Override
      public boolean slide(Session seen, Session used) {
        boolean written = super.slide(seen, used);
        if (written) {
          writes.incrementAndGet();
        }
        return written;
      }
    };
  }

  /** Something happens between the reading of a session and the writing of its use. */
  private Sessions beforeSliding(Runnable event) {
    return new ForwardingSessions(storage.sessions()) {
      @Override
      public boolean slide(Session seen, Session used) {
        event.run();
        return super.slide(seen, used);
      }
    };
  }
}
