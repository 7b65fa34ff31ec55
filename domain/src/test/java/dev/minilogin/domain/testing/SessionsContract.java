package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Sessions} promises. */
public interface SessionsContract extends StorageContract {
  @Test
  default void an_unknown_token_finds_nothing() {
    newUser();
    assertThat(storage().sessions().find(Sample.token())).isEmpty();
  }

  @Test
  default void a_token_finds_its_session_and_its_user_and_no_other() {
    Logins.Recorded one = newUser();
    Logins.Recorded other = newUser();
    assertThat(found(one)).isEqualTo(new Sessions.Held(one.session(), one.user()));
    assertThat(found(other)).isEqualTo(new Sessions.Held(other.session(), other.user()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 499, 500, 501, 999})
  default void times_are_kept_to_the_millisecond(long millis) {
    Instant at = Instant.parse("2026-02-28T23:59:59Z").plusMillis(millis);
    MiniProgram app =
        saved(
            Sample.miniProgram(new SessionLifetimes(Duration.ofMinutes(61), Duration.ofDays(31))));
    Logins.Recorded login = logIn(app, at);
    Session session = stored(login);
    assertThat(session.createdAt()).isEqualTo(at);
    assertThat(session.lastSeenAt()).isEqualTo(at);
    assertThat(session.idleExpiresAt()).isEqualTo(at.plus(Duration.ofMinutes(61)));
    assertThat(session.absoluteExpiresAt()).isEqualTo(at.plus(Duration.ofDays(31)));

    Session used = session.usedAt(at.plus(Duration.ofMinutes(20)).plusMillis(1), app.lifetimes());
    assertThat(storage().sessions().slide(used)).isTrue();
    assertThat(storage().sessions().end(used.id(), at.plusMillis(1), EndReason.REVOKED)).isTrue();
    Session ended = stored(login);
    assertThat(ended.lastSeenAt()).isEqualTo(used.lastSeenAt());
    assertThat(ended.idleExpiresAt()).isEqualTo(used.idleExpiresAt());
    assertThat(ended.ending().orElseThrow().at()).isEqualTo(at.plusMillis(1));
  }

  @Test
  default void every_field_of_a_device_is_kept() {
    assertDeviceIsKept(
        new Device(
            Optional.of(InstallHash.of("7f9c24e8-3b12-4f0a-9d51-2f3a5f6c7b80")),
            Optional.of("iPhone 15 Pro<iPhone16,1>"),
            Optional.of("ios"),
            Optional.of(EnvVersion.RELEASE),
            Optional.of("1.4.2"),
            Optional.of("1001")));
  }

  @Test
  default void the_longest_device_is_kept_whole() {
    assertDeviceIsKept(
        new Device(
            Optional.of(InstallHash.of("安".repeat(64))),
            Optional.of("😀".repeat(64)),
            Optional.of("𠮷".repeat(32)),
            Optional.of(EnvVersion.TRIAL),
            Optional.of("é".repeat(32)),
            Optional.of("场".repeat(16))));
  }

  @ParameterizedTest
  @EnumSource
  default void every_env_version_is_kept(EnvVersion envVersion) {
    assertDeviceIsKept(
        new Device(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(envVersion),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  default void a_device_that_says_nothing_stays_unknown() {
    assertDeviceIsKept(Device.UNKNOWN);
  }

  @Test
  default void a_session_is_found_with_its_user_as_stored_now() {
    Logins.Recorded login = newUser();
    Optional<User> changed =
        storage()
            .users()
            .changeProfile(
                login.user().id(),
                new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("Ann"))),
                Profile.Source.USER,
                Sample.now());
    assertThat(found(login).user()).isEqualTo(changed.orElseThrow());
  }

  @Test
  default void a_session_long_expired_is_still_found() {
    Instant longAgo = Sample.now().minus(Duration.ofDays(31));
    Logins.Recorded login = logIn(newMiniProgram(), longAgo);
    assertThat(found(login).session().endedAt(Sample.now(), login.user()))
        .contains(EndReason.EXPIRED);
  }

  @Test
  default void a_use_moves_the_last_use_and_the_idle_end_and_nothing_else() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plus(Duration.ofMinutes(10));
    Session used = session.usedAt(at, SessionLifetimes.DEFAULT);
    Session forged =
        new Session(
            used.id(),
            Sample.userId(),
            Sample.appId(),
            new Device(
                Optional.of(InstallHash.of("forged")),
                Optional.of("forged"),
                Optional.of("forged"),
                Optional.of(EnvVersion.DEVELOP),
                Optional.of("forged"),
                Optional.of("forged")),
            used.createdAt().minusMillis(1),
            used.lastSeenAt(),
            used.idleExpiresAt(),
            used.absoluteExpiresAt().plusMillis(1),
            used.epoch() + 1,
            Optional.empty());
    assertThat(storage().sessions().slide(forged)).isTrue();
    assertThat(stored(login)).isEqualTo(used);
  }

  @Test
  default void a_use_close_to_the_absolute_end_moves_the_idle_end_no_further() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(1));
    Logins.Recorded login = logIn(saved(Sample.miniProgram(lifetimes)), Sample.now());
    Session session = login.session();
    Session used = session.usedAt(session.createdAt().plus(Duration.ofMinutes(59)), lifetimes);
    assertThat(storage().sessions().slide(used)).isTrue();
    assertThat(stored(login).idleExpiresAt()).isEqualTo(session.absoluteExpiresAt());
  }

  @Test
  default void the_last_use_never_moves_back() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session later = used(session, Duration.ofMinutes(20));
    assertThat(storage().sessions().slide(later)).isTrue();
    assertThat(storage().sessions().slide(used(session, Duration.ofMinutes(10)))).isFalse();
    assertThat(stored(login)).isEqualTo(later);
  }

  @Test
  default void of_parallel_uses_the_last_one_stays() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    List<Boolean> written =
        AtOnce.run(16, i -> storage().sessions().slide(used(session, Duration.ofMinutes(10 + i))));
    assertThat(written.get(15)).isTrue();
    assertThat(stored(login)).isEqualTo(used(session, Duration.ofMinutes(25)));
  }

  @Test
  default void a_use_in_the_last_millisecond_keeps_a_session_alive() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session used = used(session, SessionLifetimes.DEFAULT.idle().minusMillis(1));
    assertThat(storage().sessions().slide(used)).isTrue();
    assertThat(stored(login)).isEqualTo(used);
  }

  @Test
  default void a_use_at_its_idle_end_does_not_revive_a_session() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertThat(storage().sessions().slide(used(session, SessionLifetimes.DEFAULT.idle())))
        .isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @Test
  default void a_use_at_its_absolute_end_does_not_revive_a_session() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(1));
    Logins.Recorded login = logIn(saved(Sample.miniProgram(lifetimes)), Sample.now());
    Session session = login.session();
    Session late = session.usedAt(session.absoluteExpiresAt(), lifetimes);
    assertThat(storage().sessions().slide(late)).isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @Test
  default void a_use_after_the_end_does_not_revive_a_session() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertThat(storage().sessions().end(session.id(), Sample.now(), EndReason.SIGNED_OUT)).isTrue();
    Session ended = stored(login);
    assertThat(storage().sessions().slide(used(session, Duration.ofMinutes(10)))).isFalse();
    assertThat(stored(login)).isEqualTo(ended);
  }

  @Test
  default void uses_and_an_end_at_the_same_time_leave_the_session_ended() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session.Ending ending =
        new Session.Ending(session.createdAt().plusMillis(1), EndReason.REVOKED);
    List<Boolean> written =
        AtOnce.run(
            17,
            i ->
                i == 16
                    ? storage().sessions().end(session.id(), ending.at(), ending.reason())
                    : storage().sessions().slide(used(session, Duration.ofMinutes(10 + i))));
    assertThat(written.get(16)).isTrue();
    assertThat(stored(login).ending()).contains(ending);
  }

  @Test
  default void the_use_of_an_unknown_session_is_not_written() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session unknown =
        Session.open(
            Sample.sessionId(),
            User.firstSeen(session.userId(), Sample.now()),
            session.appId(),
            Device.UNKNOWN,
            Sample.now(),
            SessionLifetimes.DEFAULT);
    assertThat(storage().sessions().slide(used(unknown, Duration.ofMinutes(10)))).isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @ParameterizedTest
  @EnumSource
  default void an_end_is_kept_with_its_reason(EndReason reason) {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plusMillis(1);
    assertThat(storage().sessions().end(session.id(), at, reason)).isTrue();
    assertThat(stored(login)).isEqualTo(ended(session, at, reason));
  }

  @Test
  default void ending_twice_succeeds_once_and_the_first_reason_stays() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plusMillis(1);
    assertThat(storage().sessions().end(session.id(), at, EndReason.SIGNED_OUT)).isTrue();
    assertThat(storage().sessions().end(session.id(), at.plusMillis(1), EndReason.REVOKED))
        .isFalse();
    assertThat(storage().sessions().end(session.id(), at.minusMillis(1), EndReason.SIGNED_OUT))
        .isFalse();
    assertThat(stored(login)).isEqualTo(ended(session, at, EndReason.SIGNED_OUT));
  }

  @Test
  default void of_parallel_ends_one_succeeds_and_its_reason_stays() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    EndReason[] reasons = EndReason.values();
    List<Boolean> results =
        AtOnce.run(
            reasons.length,
            i ->
                storage()
                    .sessions()
                    .end(session.id(), session.createdAt().plusMillis(i), reasons[i]));
    assertThat(results).containsOnlyOnce(true);
    int winner = results.indexOf(true);
    assertThat(stored(login))
        .isEqualTo(ended(session, session.createdAt().plusMillis(winner), reasons[winner]));
  }

  @Test
  default void ending_an_unknown_session_changes_nothing() {
    Logins.Recorded other = newUser();
    assertThat(storage().sessions().end(Sample.sessionId(), Sample.now(), EndReason.REVOKED))
        .isFalse();
    assertThat(stored(other)).isEqualTo(other.session());
  }

  @Test
  default void ending_a_session_leaves_the_other_sessions_of_its_user() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    Logins.Recorded one = logIn(Sample.newLogin(app, identity));
    Logins.Recorded other = logIn(Sample.newLogin(app, identity));
    assertThat(storage().sessions().end(one.session().id(), Sample.now(), EndReason.REVOKED))
        .isTrue();
    assertThat(found(other).session()).isEqualTo(other.session());
  }

  // Attempts at open data

  @Test
  default void a_session_has_so_many_attempts_at_open_data_and_no_more() {
    SessionId session = newUser().session().id();
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(storage().sessions().takeAttempt(session)).as("attempt %s", i).isTrue();
    }
    assertThat(storage().sessions().takeAttempt(session)).isFalse();
    assertThat(storage().sessions().takeAttempt(session)).isFalse();
  }

  @Test
  default void an_attempt_that_is_given_back_can_be_taken_once() {
    SessionId session = newUser().session().id();
    takeAllAttempts(session);
    storage().sessions().giveAttemptBack(session);
    assertThat(storage().sessions().takeAttempt(session)).isTrue();
    assertThat(storage().sessions().takeAttempt(session)).isFalse();
  }

  @Test
  default void more_attempts_than_were_taken_are_not_given_back() {
    SessionId session = newUser().session().id();
    storage().sessions().takeAttempt(session);
    for (int i = 0; i < 3; i++) {
      storage().sessions().giveAttemptBack(session);
    }
    takeAllAttempts(session);
    assertThat(storage().sessions().takeAttempt(session)).isFalse();
  }

  @Test
  default void attempts_at_once_are_no_more_than_there_are() {
    SessionId session = newUser().session().id();
    List<Boolean> taken = AtOnce.run(24, _ -> storage().sessions().takeAttempt(session));
    assertThat(taken).filteredOn(Boolean::booleanValue).hasSize(Sessions.OPEN_DATA_ATTEMPTS);
  }

  @Test
  default void attempts_that_are_given_back_at_once_are_all_there_again() {
    SessionId session = newUser().session().id();
    takeAllAttempts(session);
    AtOnce.run(
        Sessions.OPEN_DATA_ATTEMPTS,
        _ -> {
          storage().sessions().giveAttemptBack(session);
          return true;
        });
    takeAllAttempts(session);
    assertThat(storage().sessions().takeAttempt(session)).isFalse();
  }

  @Test
  default void each_session_has_its_own_attempts() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    SessionId one = logIn(Sample.newLogin(app, identity)).session().id();
    SessionId other = logIn(Sample.newLogin(app, identity)).session().id();
    takeAllAttempts(one);
    assertThat(storage().sessions().takeAttempt(other)).isTrue();
  }

  @Test
  default void an_attempt_changes_nothing_else_of_a_session() {
    Logins.Recorded login = newUser();
    storage().sessions().takeAttempt(login.session().id());
    assertThat(found(login)).isEqualTo(new Sessions.Held(login.session(), login.user()));
  }

  @Test
  default void an_unknown_session_has_no_attempts() {
    SessionId unknown = Sample.sessionId();
    storage().sessions().giveAttemptBack(unknown);
    assertThat(storage().sessions().takeAttempt(unknown)).isFalse();
  }

  private void takeAllAttempts(SessionId session) {
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(storage().sessions().takeAttempt(session)).isTrue();
    }
  }

  // Erased accounts

  @Test
  default void all_sessions_of_an_erased_account_are_ended_and_forget_their_devices() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    Device device =
        new Device(
            Optional.of(InstallHash.of("install")),
            Optional.of("Ann's iPhone"),
            Optional.of("ios"),
            Optional.of(EnvVersion.RELEASE),
            Optional.of("1.4.2"),
            Optional.of("1001"));
    Logins.Recorded one =
        logIn(Sample.newLogin(app, identity, device, Optional.empty(), Sample.now()));
    Logins.Recorded other =
        logIn(Sample.newLogin(app, identity, device, Optional.empty(), Sample.now()));
    eraseAccount(new Visitor(app, identity.openId(), one), Sample.now());
    for (Logins.Recorded login : List.of(one, other)) {
      Sessions.Held held = found(login);
      assertThat(held.session().endedAt(Sample.now(), held.user()))
          .contains(EndReason.ACCOUNT_DELETED);
      assertThat(held.session().device()).isEqualTo(Device.UNKNOWN);
      assertThat(held.session().createdAt()).isEqualTo(login.session().createdAt());
    }
  }

  @Test
  default void a_session_of_another_user_survives_an_erased_account() {
    Visitor gone = newVisitor();
    Logins.Recorded other = logIn(Sample.newLogin(gone.app(), Sample.identity()));
    eraseAccount(gone, Sample.now());
    assertThat(found(other)).isEqualTo(new Sessions.Held(other.session(), other.user()));
  }

  @Test
  default void sessions_of_an_unreachable_storage_are_neither_there_nor_not() {
    Logins.Recorded login = newUser();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().sessions().find(login.token()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                unreachableStorage()
                    .sessions()
                    .slide(used(login.session(), Duration.ofMinutes(10))));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                unreachableStorage()
                    .sessions()
                    .end(login.session().id(), Sample.now(), EndReason.REVOKED));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().sessions().takeAttempt(login.session().id()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().sessions().giveAttemptBack(login.session().id()));
    assertThat(found(login).session()).isEqualTo(login.session());
  }

  private Logins.Recorded logIn(MiniProgram app, Instant at) {
    return logIn(Sample.newLogin(app, Sample.identity(), Device.UNKNOWN, Optional.empty(), at));
  }

  private Session stored(Logins.Recorded login) {
    return found(login).session();
  }

  private void assertDeviceIsKept(Device device) {
    Logins.Recorded login =
        logIn(
            Sample.newLogin(
                newMiniProgram(), Sample.identity(), device, Optional.empty(), Sample.now()));
    assertThat(stored(login).device()).isEqualTo(device);
  }

  private static Session used(Session session, Duration after) {
    return session.usedAt(session.createdAt().plus(after), SessionLifetimes.DEFAULT);
  }

  private static Session ended(Session session, Instant at, EndReason reason) {
    return new Session(
        session.id(),
        session.userId(),
        session.appId(),
        session.device(),
        session.createdAt(),
        session.lastSeenAt(),
        session.idleExpiresAt(),
        session.absoluteExpiresAt(),
        session.epoch(),
        Optional.of(new Session.Ending(at, reason)));
  }
}
