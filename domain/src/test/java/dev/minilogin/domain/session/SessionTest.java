package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.Standing;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.User.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
  private static final Instant LOGIN = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final Duration IDLE = Duration.ofHours(24);
  private static final Duration ABSOLUTE = Duration.ofDays(30);
  private static final SessionLifetimes LIFETIMES = new SessionLifetimes(IDLE, ABSOLUTE);

  private final AppId appId = Sample.appId();
  private final User user = User.firstSeen(Sample.userId(), LOGIN);
  private final Standing account = user.standing();
  private final Session session = open(LIFETIMES);

  @Test
  void a_new_session_is_the_users_in_this_mini_program_and_was_seen_at_its_login() {
    SessionId id = Sample.sessionId();
    User veteran = user(Status.ACTIVE, 7);
    SessionId family = Sample.sessionId();
    assertThat(Session.open(id, family, veteran, appId, Device.UNKNOWN, LOGIN, LIFETIMES))
        .isEqualTo(
            new Session(
                id,
                family,
                veteran.id(),
                appId,
                Device.UNKNOWN,
                LOGIN,
                LOGIN,
                LOGIN.plus(IDLE),
                LOGIN.plus(ABSOLUTE),
                7,
                Optional.empty()));
  }

  @Test
  void the_idle_end_of_a_new_session_is_never_after_its_absolute_end() {
    Session brief = open(new SessionLifetimes(IDLE, IDLE));
    assertThat(brief.idleExpiresAt()).isEqualTo(brief.absoluteExpiresAt());
  }

  @Test
  void a_session_whose_idle_end_is_after_its_absolute_end_cannot_be_made() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withEnds(LOGIN.plusMillis(1), LOGIN))
        .withMessageContaining("idle");
    assertThat(withEnds(LOGIN, LOGIN).idleExpiresAt()).isEqualTo(LOGIN);
  }

  @Test
  void an_unused_session_is_good_up_to_its_idle_end_and_not_at_it() {
    assertThat(session.endedAt(LOGIN, account)).isEmpty();
    assertThat(session.endedAt(LOGIN.plus(IDLE).minusMillis(1), account)).isEmpty();
    assertThat(session.endedAt(LOGIN.plus(IDLE), account)).contains(EndReason.IDLE);
    assertThat(session.endedAt(LOGIN.plus(ABSOLUTE).minusMillis(1), account))
        .contains(EndReason.IDLE);
  }

  @Test
  void a_used_session_is_good_up_to_its_absolute_end_and_not_at_it() {
    Session used = session.usedAt(LOGIN.plus(ABSOLUTE).minus(IDLE.dividedBy(2)), LIFETIMES);
    assertThat(used.idleExpiresAt()).isEqualTo(used.absoluteExpiresAt());
    assertThat(used.endedAt(LOGIN.plus(ABSOLUTE).minusMillis(1), account)).isEmpty();
    assertThat(used.endedAt(LOGIN.plus(ABSOLUTE), account)).contains(EndReason.EXPIRED);
  }

  @Test
  void a_clock_that_was_behind_at_the_check_ends_nothing() {
    assertThat(session.endedAt(LOGIN.minus(Duration.ofDays(1)), account)).isEmpty();
  }

  @Test
  void of_all_that_ended_a_session_the_highest_rank_is_told() {
    Instant afterBoth = LOGIN.plus(ABSOLUTE);
    Instant afterIdle = LOGIN.plus(IDLE);
    Session ended = ended(EndReason.REPLACED);
    assertThat(ended.endedAt(afterBoth, account(Status.DELETED, 1)))
        .contains(EndReason.ACCOUNT_DELETED);
    assertThat(ended.endedAt(afterBoth, account(Status.SUSPENDED, 1)))
        .contains(EndReason.USER_SUSPENDED);
    assertThat(ended.endedAt(afterBoth, account(Status.ACTIVE, 1))).contains(EndReason.REPLACED);
    assertThat(session.endedAt(afterBoth, account(Status.ACTIVE, 1))).contains(EndReason.REVOKED);
    assertThat(session.endedAt(afterBoth, account)).contains(EndReason.EXPIRED);
    assertThat(session.endedAt(afterIdle, account)).contains(EndReason.IDLE);
    assertThat(session.endedAt(afterIdle.minusMillis(1), account)).isEmpty();
  }

  @Test
  void each_single_thing_ends_a_session() {
    assertThat(session.endedAt(LOGIN, account(Status.DELETED, 0)))
        .contains(EndReason.ACCOUNT_DELETED);
    assertThat(session.endedAt(LOGIN, account(Status.SUSPENDED, 0)))
        .contains(EndReason.USER_SUSPENDED);
    assertThat(session.endedAt(LOGIN, account(Status.ACTIVE, 1))).contains(EndReason.REVOKED);
  }

  @ParameterizedTest
  @EnumSource
  void an_ending_that_was_written_down_tells_its_reason(EndReason reason) {
    assertThat(ended(reason).endedAt(LOGIN, account)).contains(reason);
  }

  @Test
  void an_ending_that_is_to_come_ends_the_session_then_and_not_before() {
    Instant end = LOGIN.plusSeconds(30);
    Session replaced = session.endedBy(new Session.Ending(end, EndReason.REPLACED));
    assertThat(replaced.endedAt(LOGIN, account)).isEmpty();
    assertThat(replaced.endedAt(end.minusMillis(1), account)).isEmpty();
    assertThat(replaced.endedAt(end, account)).contains(EndReason.REPLACED);
  }

  @ParameterizedTest
  @EnumSource(names = "REPLACED", mode = EnumSource.Mode.EXCLUDE)
  void a_session_that_has_ended_is_not_good_again_for_a_clock_that_has_gone_back(EndReason reason) {
    assertThat(ended(reason).endedAt(LOGIN.minusMillis(1), account)).contains(reason);
    assertThat(ended(reason).endedAt(LOGIN.minus(Duration.ofDays(1)), account)).contains(reason);
  }

  @Test
  void what_ends_a_session_before_an_ending_that_is_to_come_does_so() {
    Instant end = LOGIN.plus(IDLE).plusMillis(1);
    Session replaced = session.endedBy(new Session.Ending(end, EndReason.REPLACED));
    assertThat(replaced.endedAt(LOGIN, account(Status.ACTIVE, 1))).contains(EndReason.REVOKED);
    assertThat(replaced.endedAt(LOGIN.plus(IDLE), account)).contains(EndReason.IDLE);
    assertThat(replaced.endedAt(end, account)).contains(EndReason.REPLACED);
  }

  @Test
  void a_session_of_a_suspended_user_is_open_if_nothing_else_has_ended_it() {
    Standing suspended = account(Status.SUSPENDED, 0);
    assertThat(session.isOpenAt(LOGIN, suspended)).isTrue();
    assertThat(session.isOpenAt(LOGIN, account)).isTrue();
    assertThat(session.isOpenAt(LOGIN.plus(IDLE), suspended)).isFalse();
    assertThat(ended(EndReason.SIGNED_OUT).isOpenAt(LOGIN, suspended)).isFalse();
    assertThat(session.isOpenAt(LOGIN, account(Status.SUSPENDED, 1))).isFalse();
    assertThat(session.isOpenAt(LOGIN, account(Status.DELETED, 0))).isFalse();
  }

  @Test
  void a_replaced_session_has_half_a_minute() {
    assertThat(Session.TAIL).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_token_that_is_sent_half_a_minute_after_it_was_replaced_is_suspect() {
    Session replaced = ended(EndReason.REPLACED);
    assertThat(replaced.isSuspectAt(LOGIN.minus(Duration.ofDays(1)))).isFalse();
    assertThat(replaced.isSuspectAt(LOGIN)).isFalse();
    assertThat(replaced.isSuspectAt(LOGIN.plusSeconds(30).minusMillis(1))).isFalse();
    assertThat(replaced.isSuspectAt(LOGIN.plusSeconds(30))).isTrue();
    assertThat(replaced.isSuspectAt(LOGIN.plus(Duration.ofDays(400)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = "REPLACED", mode = EnumSource.Mode.EXCLUDE)
  void a_token_whose_session_ended_otherwise_is_not_suspect(EndReason reason) {
    assertThat(ended(reason).isSuspectAt(LOGIN.plus(Duration.ofDays(400)))).isFalse();
    assertThat(session.isSuspectAt(LOGIN.plus(Duration.ofDays(400)))).isFalse();
  }

  @Test
  void a_session_of_the_users_present_epoch_is_good() {
    Session later =
        Session.open(
            Sample.sessionId(),
            Sample.sessionId(),
            user(Status.ACTIVE, 3),
            appId,
            Device.UNKNOWN,
            LOGIN,
            LIFETIMES);
    assertThat(later.endedAt(LOGIN, account(Status.ACTIVE, 3))).isEmpty();
    assertThat(later.endedAt(LOGIN, account(Status.ACTIVE, 4))).contains(EndReason.REVOKED);
  }

  @Test
  void a_use_is_worth_writing_down_every_ten_minutes() {
    assertThat(Session.SLIDE_EVERY).isEqualTo(Duration.ofMinutes(10));
    assertSlidesEvery(Duration.ofMinutes(10), LIFETIMES);
    assertThat(session.slidesAt(LOGIN.minus(Duration.ofHours(1)), LIFETIMES)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void a_session_that_has_ended_or_is_to_end_is_not_moved(EndReason reason) {
    Session ending = session.endedBy(new Session.Ending(LOGIN.plus(Duration.ofHours(1)), reason));
    assertThat(ending.slidesAt(LOGIN.plus(Duration.ofMinutes(30)), LIFETIMES)).isFalse();
    assertThat(ending.slidesAt(LOGIN.plus(Duration.ofHours(2)), LIFETIMES)).isFalse();
  }

  @Test
  void a_short_idle_lifetime_is_moved_ten_times_as_often_as_it_is_long() {
    Duration idle = Duration.ofMinutes(5);
    assertSlidesEvery(Duration.ofSeconds(30), new SessionLifetimes(idle, Duration.ofDays(1)));
  }

  private void assertSlidesEvery(Duration every, SessionLifetimes lifetimes) {
    assertThat(session.slidesAt(LOGIN, lifetimes)).isFalse();
    assertThat(session.slidesAt(LOGIN.plus(every).minusMillis(1), lifetimes)).isFalse();
    assertThat(session.slidesAt(LOGIN.plus(every), lifetimes)).isTrue();
  }

  @Test
  void a_use_moves_the_last_use_and_the_idle_end_and_nothing_else() {
    Instant at = LOGIN.plus(Duration.ofHours(5));
    assertThat(session.usedAt(at, LIFETIMES))
        .isEqualTo(
            new Session(
                session.id(),
                session.family(),
                session.userId(),
                session.appId(),
                session.device(),
                LOGIN,
                at,
                at.plus(IDLE),
                LOGIN.plus(ABSOLUTE),
                session.epoch(),
                Optional.empty()));
  }

  @Test
  void a_use_keeps_an_ending() {
    Session ended = ended(EndReason.SIGNED_OUT);
    assertThat(ended.usedAt(LOGIN.plusSeconds(1), LIFETIMES).ending()).isEqualTo(ended.ending());
  }

  @Test
  void a_renewed_session_is_the_same_login_with_another_handle_and_is_used_now() {
    Device device = Sample.device();
    SessionId family = Sample.sessionId();
    Session old =
        Session.open(
                Sample.sessionId(), family, user(Status.ACTIVE, 7), appId, device, LOGIN, LIFETIMES)
            .endedBy(new Session.Ending(LOGIN, EndReason.REPLACED));
    SessionId id = Sample.sessionId();
    Instant at = LOGIN.plus(Duration.ofHours(5));
    assertThat(old.renewed(id, at, LIFETIMES))
        .isEqualTo(
            new Session(
                id,
                family,
                user.id(),
                appId,
                device,
                LOGIN,
                at,
                at.plus(IDLE),
                LOGIN.plus(ABSOLUTE),
                7,
                Optional.empty()));
  }

  @Test
  void a_renewed_session_ends_no_later_than_the_old_one_would_have() {
    Instant at = LOGIN.plus(ABSOLUTE).minusMillis(1);
    Session renewed =
        session.renewed(
            Sample.sessionId(), at, new SessionLifetimes(IDLE, ABSOLUTE.multipliedBy(2)));
    assertThat(renewed.absoluteExpiresAt()).isEqualTo(LOGIN.plus(ABSOLUTE));
    assertThat(renewed.idleExpiresAt()).isEqualTo(LOGIN.plus(ABSOLUTE));
  }

  @Test
  void a_session_without_its_device_is_the_same_otherwise() {
    Session.Ending end = new Session.Ending(LOGIN, EndReason.SIGNED_OUT);
    Session known =
        Session.open(session.id(), session.family(), user, appId, Sample.device(), LOGIN, LIFETIMES)
            .endedBy(end);
    assertThat(known.withoutDevice()).isEqualTo(session.endedBy(end));
  }

  private Session open(SessionLifetimes lifetimes) {
    SessionId id = Sample.sessionId();
    return Session.open(id, id, user, appId, Device.UNKNOWN, LOGIN, lifetimes);
  }

  private User user(Status status, int epoch) {
    return new User(user.id(), status, epoch, user.profile(), LOGIN, LOGIN);
  }

  private static Standing account(Status status, int epoch) {
    return new Standing(status, epoch);
  }

  private Session withEnds(Instant idle, Instant absolute) {
    return new Session(
        session.id(),
        session.family(),
        session.userId(),
        appId,
        Device.UNKNOWN,
        LOGIN,
        LOGIN,
        idle,
        absolute,
        0,
        Optional.empty());
  }

  private Session ended(EndReason reason) {
    return session.endedBy(new Session.Ending(LOGIN, reason));
  }
}
