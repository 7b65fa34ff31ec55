package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Standing;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Sessions} promises. */
public interface SessionsContract extends StorageContract {
  @Test
  default void an_unknown_token_finds_nothing() {
    newUser();
    SessionToken unknown = Sample.token();
    assertThat(storage().sessions().find(unknown)).isEmpty();
    assertThat(storage().sessions().findStored(unknown)).isEmpty();
  }

  @Test
  default void a_token_finds_its_session_and_its_user_and_no_other() {
    Logins.Recorded one = newUser();
    Logins.Recorded other = newUser();
    assertThat(found(one)).isEqualTo(held(one));
    assertThat(found(other)).isEqualTo(held(other));
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
    assertThat(storage().sessions().slide(session, used)).isTrue();
    assertThat(end(used, at.plusMillis(1), EndReason.REVOKED)).isTrue();
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
  default void a_session_is_found_with_the_standing_of_its_user_as_stored_now() {
    Logins.Recorded login = newUser();
    storage().sessions().endAll(login.user().id(), Actor.operator("ann"), Sample.now());
    assertThat(found(login))
        .isEqualTo(new Sessions.Held(login.session(), new Standing(User.Status.ACTIVE, 1)));
  }

  @Test
  default void a_session_long_expired_is_still_found() {
    Instant longAgo = Sample.now().minus(Duration.ofDays(31));
    Logins.Recorded login = logIn(newMiniProgram(), longAgo);
    assertThat(found(login).session().endedAt(Sample.now(), login.user().standing()))
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
            Sample.sessionId(),
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
    assertThat(storage().sessions().slide(session, forged)).isTrue();
    assertThat(stored(login)).isEqualTo(used);
  }

  @Test
  default void a_use_close_to_the_absolute_end_moves_the_idle_end_no_further() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(1));
    Logins.Recorded login = logIn(saved(Sample.miniProgram(lifetimes)), Sample.now());
    Session session = login.session();
    Session used = session.usedAt(session.createdAt().plus(Duration.ofMinutes(59)), lifetimes);
    assertThat(storage().sessions().slide(session, used)).isTrue();
    assertThat(stored(login).idleExpiresAt()).isEqualTo(session.absoluteExpiresAt());
  }

  @Test
  default void the_last_use_never_moves_back() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session later = used(session, Duration.ofMinutes(20));
    assertThat(storage().sessions().slide(session, later)).isTrue();
    assertThat(storage().sessions().slide(session, used(session, Duration.ofMinutes(10))))
        .isFalse();
    assertThat(storage().sessions().slide(later, used(session, Duration.ofMinutes(10)))).isFalse();
    assertThat(stored(login)).isEqualTo(later);
  }

  @Test
  default void a_use_after_one_that_its_reader_did_not_see_is_not_written() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session first = used(session, Duration.ofMinutes(10));
    assertThat(storage().sessions().slide(session, first)).isTrue();
    assertThat(storage().sessions().slide(session, used(session, Duration.ofMinutes(11))))
        .isFalse();
    assertThat(stored(login)).isEqualTo(first);
    assertThat(storage().sessions().slide(first, used(session, Duration.ofMinutes(20)))).isTrue();
  }

  @Test
  default void of_parallel_uses_one_is_written() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    List<Boolean> written =
        AtOnce.run(
            16,
            i -> storage().sessions().slide(session, used(session, Duration.ofMinutes(10 + i))));
    assertThat(written).containsOnlyOnce(true);
    assertThat(stored(login))
        .isEqualTo(used(session, Duration.ofMinutes(10 + written.indexOf(true))));
  }

  @Test
  default void a_use_in_the_last_millisecond_keeps_a_session_alive() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Session used = used(session, SessionLifetimes.DEFAULT.idle().minusMillis(1));
    assertThat(storage().sessions().slide(session, used)).isTrue();
    assertThat(stored(login)).isEqualTo(used);
  }

  @Test
  default void a_use_at_its_idle_end_does_not_revive_a_session() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertThat(storage().sessions().slide(session, used(session, SessionLifetimes.DEFAULT.idle())))
        .isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @Test
  default void a_use_at_its_absolute_end_does_not_revive_a_session() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(1));
    Logins.Recorded login = logIn(saved(Sample.miniProgram(lifetimes)), Sample.now());
    Session session = login.session();
    Session late = session.usedAt(session.absoluteExpiresAt(), lifetimes);
    assertThat(storage().sessions().slide(session, late)).isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @Test
  default void a_use_after_the_end_does_not_revive_a_session() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertThat(end(session, Sample.now(), EndReason.SIGNED_OUT)).isTrue();
    Session ended = stored(login);
    assertThat(storage().sessions().slide(session, used(session, Duration.ofMinutes(10))))
        .isFalse();
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
                    ? end(session, ending.at(), ending.reason())
                    : storage()
                        .sessions()
                        .slide(session, used(session, Duration.ofMinutes(10 + i))));
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
            session.family(),
            User.firstSeen(session.userId(), Sample.now()),
            session.appId(),
            Device.UNKNOWN,
            Sample.now(),
            SessionLifetimes.DEFAULT);
    assertThat(storage().sessions().slide(unknown, used(unknown, Duration.ofMinutes(10))))
        .isFalse();
    assertThat(stored(login)).isEqualTo(session);
  }

  @ParameterizedTest
  @EnumSource
  default void an_end_is_kept_with_its_reason(EndReason reason) {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plusMillis(1);
    assertThat(end(session, at, reason)).isTrue();
    assertThat(stored(login)).isEqualTo(ended(session, at, reason));
  }

  @Test
  default void ending_twice_succeeds_once_and_the_first_reason_stays() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plusMillis(1);
    assertThat(end(session, at, EndReason.SIGNED_OUT)).isTrue();
    assertThat(end(session, at.plusMillis(1), EndReason.REVOKED)).isFalse();
    assertThat(end(session, at.minusMillis(1), EndReason.SIGNED_OUT)).isFalse();
    assertThat(stored(login)).isEqualTo(ended(session, at, EndReason.SIGNED_OUT));
  }

  @Test
  default void of_parallel_ends_one_succeeds_and_its_reason_stays() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    Instant at = session.createdAt().plusMillis(1);
    EndReason[] reasons = EndReason.values();
    List<Boolean> results = AtOnce.run(reasons.length, i -> end(session, at, reasons[i]));
    assertThat(results).containsOnlyOnce(true);
    assertThat(stored(login)).isEqualTo(ended(session, at, reasons[results.indexOf(true)]));
  }

  @Test
  default void ending_an_unknown_session_or_another_users_changes_nothing() {
    Logins.Recorded one = newUser();
    Logins.Recorded other = newUser();
    for (SessionId id : List.of(Sample.sessionId(), other.session().id())) {
      assertThat(storage().sessions().end(one.user().id(), id, Sample.now(), EndReason.REVOKED))
          .isFalse();
    }
    assertThat(
            storage()
                .sessions()
                .end(Sample.userId(), other.session().id(), Sample.now(), EndReason.REVOKED))
        .isFalse();
    assertThat(stored(one)).isEqualTo(one.session());
    assertThat(stored(other)).isEqualTo(other.session());
  }

  @Test
  default void ending_a_session_leaves_the_other_sessions_of_its_user() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    Logins.Recorded one = logIn(Sample.newLogin(app, identity));
    Logins.Recorded other = logIn(Sample.newLogin(app, identity));
    assertThat(end(one.session(), Sample.now(), EndReason.REVOKED)).isTrue();
    assertThat(found(other).session()).isEqualTo(other.session());
  }

  // Sessions that are about to end: those that a login on the same install has replaced

  @Test
  default void a_session_that_is_about_to_end_is_not_kept_by_a_use() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Session used = old.usedAt(replaced.at().plusSeconds(29), SessionLifetimes.DEFAULT);
    assertThat(storage().sessions().slide(old, used)).isFalse();
    assertThat(stored(replaced.old())).isEqualTo(old);
  }

  @Test
  default void a_session_that_is_about_to_end_can_be_ended_now_and_once() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant at = replaced.at().plusMillis(1);
    assertThat(end(old, at, EndReason.SIGNED_OUT)).isTrue();
    assertThat(end(old, at.plusMillis(1), EndReason.REVOKED)).isFalse();
    assertThat(stored(replaced.old())).isEqualTo(ended(old, at, EndReason.SIGNED_OUT));
    assertThat(stored(replaced.next())).isEqualTo(replaced.next().session());
  }

  @Test
  default void a_session_whose_tail_is_over_stays_replaced() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    assertThat(end(old, old.ending().orElseThrow().at(), EndReason.SIGNED_OUT)).isFalse();
    assertThat(stored(replaced.old())).isEqualTo(old);
  }

  // A user's sessions

  @Test
  default void a_users_good_sessions_are_listed_the_last_used_first() {
    MiniProgram app = newMiniProgram();
    MiniProgram otherApp = newMiniProgram();
    UnionId unionId = Sample.unionId();
    WeChatIdentity here = Sample.identity(Sample.openId(), unionId);
    WeChatIdentity there = Sample.identity(Sample.openId(), unionId);
    Instant start = Sample.now();
    Logins.Recorded one = logIn(app, here, Sample.device(), start);
    Logins.Recorded two = logIn(app, here, Device.UNKNOWN, start.plusMillis(1));
    Logins.Recorded three = logIn(otherApp, there, Sample.device(), start.plusMillis(2));
    newUser();
    assertThat(listed(one, start.plusMillis(3)))
        .containsExactly(three.session(), two.session(), one.session());
    Session used = used(one.session(), Duration.ofMinutes(10));
    storage().sessions().slide(one.session(), used);
    assertThat(listed(one, used.lastSeenAt()))
        .containsExactly(used, three.session(), two.session());
  }

  @Test
  default void nobody_has_no_sessions() {
    newUser();
    assertThat(storage().sessions().ofUser(Sample.userId(), Sample.now())).isEmpty();
  }

  @Test
  default void a_session_is_listed_until_it_expires() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertThat(listed(login, session.idleExpiresAt().minusMillis(1))).containsExactly(session);
    assertThat(listed(login, session.idleExpiresAt())).isEmpty();
    assertThat(listed(login, session.absoluteExpiresAt())).isEmpty();
  }

  @Test
  default void a_session_is_listed_until_it_is_ended() {
    Logins.Recorded login = newUser();
    Instant at = login.session().createdAt().plusMillis(1);
    end(login.session(), at, EndReason.SIGNED_OUT);
    assertThat(listed(login, at)).isEmpty();
  }

  @Test
  default void a_session_that_is_about_to_end_is_listed_until_it_does() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant end = replaced.at().plus(Session.TAIL);
    assertThat(listed(replaced.old(), end.minusMillis(1)))
        .containsExactly(replaced.next().session(), old);
    assertThat(listed(replaced.old(), end)).containsExactly(replaced.next().session());
  }

  // Ending the others

  @Test
  default void the_others_are_all_good_sessions_of_the_user_but_one() {
    Visitor visitor = visitor(newMiniProgram(), Sample.identity(Sample.openId(), Sample.unionId()));
    Logins.Recorded kept = another(visitor);
    Logins.Recorded other = another(visitor);
    Logins.Recorded somebody = logIn(Sample.newLogin(visitor.app(), Sample.identity()));
    Instant at = Sample.now().plusMillis(1);
    assertThat(storage().sessions().endOthers(visitor.id(), kept.session().id(), at)).isEqualTo(2);
    assertThat(stored(kept)).isEqualTo(kept.session());
    assertThat(stored(somebody)).isEqualTo(somebody.session());
    for (Logins.Recorded gone : List.of(visitor.login(), other)) {
      assertThat(stored(gone)).isEqualTo(ended(gone.session(), at, EndReason.REVOKED));
    }
    assertThat(storage().sessions().endOthers(visitor.id(), kept.session().id(), at.plusMillis(1)))
        .isZero();
    assertThat(listed(kept, at)).containsExactly(kept.session());
  }

  @Test
  default void others_that_are_over_stay_as_they_are() {
    MiniProgram brief =
        saved(Sample.miniProgram(new SessionLifetimes(Duration.ofMinutes(1), Duration.ofDays(1))));
    WeChatIdentity identity = Sample.identity();
    Instant start = Sample.now();
    Logins.Recorded expired = logIn(brief, identity, Sample.device(), start);
    Instant at = start.plus(Duration.ofMinutes(1));
    Logins.Recorded signedOut = logIn(brief, identity, Sample.device(), at);
    Logins.Recorded kept = logIn(brief, identity, Sample.device(), at);
    end(signedOut.session(), at, EndReason.SIGNED_OUT);
    assertThat(storage().sessions().endOthers(kept.user().id(), kept.session().id(), at)).isZero();
    assertThat(stored(expired)).isEqualTo(expired.session());
    assertThat(stored(signedOut)).isEqualTo(ended(signedOut.session(), at, EndReason.SIGNED_OUT));
  }

  @Test
  default void others_that_are_about_to_end_are_ended_now() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant at = replaced.at().plusMillis(1);
    assertThat(storage().sessions().endOthers(old.userId(), replaced.next().session().id(), at))
        .isEqualTo(1);
    assertThat(stored(replaced.old())).isEqualTo(ended(old, at, EndReason.REVOKED));
    assertThat(stored(replaced.next())).isEqualTo(replaced.next().session());
  }

  @Test
  default void the_others_that_end_at_once_are_each_counted_once() {
    Visitor visitor = newVisitor();
    List<Logins.Recorded> others = Stream.generate(() -> another(visitor)).limit(6).toList();
    SessionId kept = visitor.login().session().id();
    Instant at = Sample.now().plusMillis(1);
    List<Integer> counts =
        AtOnce.run(8, _ -> storage().sessions().endOthers(visitor.id(), kept, at));
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(others.size());
    assertThat(listed(visitor.login(), at)).containsExactly(visitor.login().session());
  }

  @Test
  default void uses_and_an_end_of_the_others_at_the_same_time_leave_them_ended() {
    Visitor visitor = newVisitor();
    Session session = visitor.login().session();
    SessionId kept = another(visitor).session().id();
    Instant at = Sample.now().plusMillis(1);
    AtOnce.run(
        9,
        i ->
            i == 8
                ? storage().sessions().endOthers(visitor.id(), kept, at) == 1
                : storage().sessions().slide(session, used(session, Duration.ofMinutes(10 + i))));
    assertThat(stored(visitor.login()).ending())
        .contains(new Session.Ending(at, EndReason.REVOKED));
  }

  // Ending all

  @Test
  default void all_sessions_of_a_user_end_and_the_next_login_is_good() {
    Replaced replaced = newReplaced();
    Logins.Recorded signedOut = another(replaced.visitor());
    Logins.Recorded somebody = newUser();
    Instant at = replaced.at().plusMillis(1);
    end(signedOut.session(), at, EndReason.SIGNED_OUT);
    User before = stored(replaced.visitor().id());
    assertThat(storage().sessions().endAll(before.id(), Actor.operator("ann"), at)).isTrue();
    for (Logins.Recorded gone : List.of(replaced.old(), replaced.next())) {
      assertThat(found(gone).endedAt(at)).contains(EndReason.REVOKED);
    }
    assertThat(found(signedOut).endedAt(at)).contains(EndReason.SIGNED_OUT);
    assertThat(listed(replaced.old(), at)).isEmpty();
    assertThat(found(somebody)).isEqualTo(held(somebody));
    assertThat(stored(before.id()))
        .isEqualTo(
            new User(
                before.id(),
                before.status(),
                1,
                before.profile(),
                before.createdAt(),
                before.updatedAt()));
    Logins.Recorded again = another(replaced.visitor());
    assertThat(again.session().epoch()).isEqualTo(1);
    assertThat(found(again).endedAt(at)).isEmpty();
    assertThat(storage().sessions().endOthers(before.id(), again.session().id(), at)).isZero();
  }

  @Test
  default void all_sessions_of_a_user_who_is_not_there_cannot_be_ended() {
    Visitor gone = newVisitor();
    eraseAccount(gone, Sample.now());
    User deleted = stored(gone.id());
    assertThat(storage().sessions().endAll(gone.id(), Actor.operator("ann"), Sample.now()))
        .isFalse();
    assertThat(stored(gone.id())).isEqualTo(deleted);
    assertThat(storage().sessions().endAll(Sample.userId(), Actor.operator("ann"), Sample.now()))
        .isFalse();
  }

  @Test
  default void ends_of_all_sessions_at_once_are_all_counted() {
    Logins.Recorded login = newUser();
    assertThat(
            AtOnce.run(
                8,
                _ ->
                    storage()
                        .sessions()
                        .endAll(login.user().id(), Actor.operator("ann"), Sample.now())))
        .containsOnly(true);
    assertThat(found(login).account().sessionEpoch()).isEqualTo(8);
  }

  // Ending a family

  @Test
  default void what_came_of_a_replaced_session_ends_and_nothing_else() {
    Replaced replaced = newReplaced();
    Visitor visitor = replaced.visitor();
    Instant later = replaced.at().plus(Duration.ofMinutes(1));
    Logins.Recorded last =
        logIn(
            visitor.app(),
            Sample.identity(visitor.openId()),
            replaced.old().session().device(),
            later);
    Logins.Recorded other = another(visitor);
    Logins.Recorded somebody = logIn(Sample.newLogin(visitor.app(), Sample.identity()));
    Session old = stored(replaced.old());
    Session next = stored(replaced.next());
    Instant at = later.plus(Session.TAIL);
    assertThat(storage().sessions().endFamily(old, at)).isEqualTo(1);
    assertThat(stored(last)).isEqualTo(ended(last.session(), at, EndReason.REVOKED));
    assertThat(stored(replaced.old())).isEqualTo(old);
    assertThat(stored(replaced.next())).isEqualTo(next);
    assertThat(stored(other)).isEqualTo(other.session());
    assertThat(stored(somebody)).isEqualTo(somebody.session());
    assertThat(storage().sessions().endFamily(old, at.plusMillis(1))).isZero();
  }

  @Test
  default void a_member_of_a_family_that_is_about_to_end_ends_now() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant at = replaced.at().plusMillis(1);
    assertThat(storage().sessions().endFamily(old, at)).isEqualTo(2);
    for (Logins.Recorded gone : List.of(replaced.old(), replaced.next())) {
      assertThat(stored(gone).ending()).contains(new Session.Ending(at, EndReason.REVOKED));
    }
  }

  @Test
  default void a_family_that_is_ended_at_once_is_counted_once() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant at = replaced.at().plus(Session.TAIL).plusSeconds(30);
    List<Integer> counts = AtOnce.run(8, _ -> storage().sessions().endFamily(old, at));
    assertThat(counts).containsOnlyOnce(1);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
  }

  // What the audit log says

  @Test
  default void the_end_of_a_session_is_in_the_audit_log_once() {
    Logins.Recorded one = newUser();
    Logins.Recorded other = newUser();
    Instant at = one.session().createdAt().plusMillis(1);
    end(one.session(), at, EndReason.SIGNED_OUT);
    end(one.session(), at, EndReason.REVOKED);
    end(other.session(), at, EndReason.REVOKED);
    assertThat(after(one, at))
        .containsExactly(
            AuditEvent.of(AuditEvent.Kind.LOGOUT, Actor.USER, at)
                .withUser(one.user().id())
                .withSession(one.session().id()));
    assertThat(after(other, at))
        .containsExactly(
            AuditEvent.of(AuditEvent.Kind.SESSION_ENDED, Actor.USER, at)
                .withUser(other.user().id())
                .withSession(other.session().id()));
  }

  @Test
  default void the_end_of_many_sessions_is_in_the_audit_log_as_one_event() {
    Visitor visitor = newVisitor();
    SessionId kept = another(visitor).session().id();
    another(visitor);
    Instant at = Sample.now().plusMillis(1);
    Actor operator = Actor.operator("ann");
    storage().sessions().endOthers(visitor.id(), kept, at);
    storage().sessions().endOthers(visitor.id(), kept, at);
    storage().sessions().endAll(visitor.id(), operator, at.plusMillis(1));
    AuditEvent ended =
        AuditEvent.of(AuditEvent.Kind.SESSIONS_ENDED, Actor.USER, at).withUser(visitor.id());
    assertThat(after(visitor.login(), at))
        .containsExactly(
            ended.with("kept", kept).with("count", 2),
            AuditEvent.of(AuditEvent.Kind.SESSIONS_ENDED, operator, at.plusMillis(1))
                .withUser(visitor.id()));
  }

  @Test
  default void a_suspected_theft_is_in_the_audit_log_if_it_ended_anything() {
    Replaced replaced = newReplaced();
    Session old = stored(replaced.old());
    Instant at = replaced.at().plus(Session.TAIL).plusSeconds(30);
    storage().sessions().endFamily(old, at);
    storage().sessions().endFamily(old, at);
    assertThat(after(replaced.old(), at))
        .containsExactly(
            AuditEvent.of(AuditEvent.Kind.THEFT_SUSPECTED, Actor.SYSTEM, at)
                .withUser(old.userId())
                .withSession(old.id())
                .withApp(old.appId())
                .with("ended", 1));
  }

  /** What the audit log says of a user from then on, apart from logins. */
  private List<AuditEvent> after(Logins.Recorded login, Instant at) {
    return auditOf(login.user().id()).stream()
        .filter(event -> event.kind() != AuditEvent.Kind.LOGIN && !event.at().isBefore(at))
        .toList();
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
    assertThat(found(login)).isEqualTo(held(login));
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
    assertThat(storage().sessions().ofUser(one.user().id(), Sample.now())).isEmpty();
    for (Logins.Recorded login : List.of(one, other)) {
      Sessions.Held held = found(login);
      assertThat(held.endedAt(Sample.now())).contains(EndReason.ACCOUNT_DELETED);
      assertThat(held.session().device()).isEqualTo(Device.UNKNOWN);
      assertThat(held.session().createdAt()).isEqualTo(login.session().createdAt());
    }
  }

  @Test
  default void a_session_of_another_user_survives_an_erased_account() {
    Visitor gone = newVisitor();
    Logins.Recorded other = logIn(Sample.newLogin(gone.app(), Sample.identity()));
    eraseAccount(gone, Sample.now());
    assertThat(found(other)).isEqualTo(held(other));
  }

  @Test
  default void sessions_of_an_unreachable_storage_are_neither_there_nor_not() {
    Logins.Recorded login = newUser();
    Session session = login.session();
    assertUnavailable(sessions -> sessions.find(login.token()));
    assertUnavailable(sessions -> sessions.findStored(login.token()));
    assertUnavailable(sessions -> sessions.ofUser(session.userId(), Sample.now()));
    assertUnavailable(sessions -> sessions.slide(session, used(session, Duration.ofMinutes(10))));
    assertUnavailable(
        sessions -> sessions.end(session.userId(), session.id(), Sample.now(), EndReason.REVOKED));
    assertUnavailable(sessions -> sessions.endOthers(session.userId(), session.id(), Sample.now()));
    assertUnavailable(
        sessions -> sessions.endAll(session.userId(), Actor.operator("ann"), Sample.now()));
    assertUnavailable(sessions -> sessions.endFamily(session, Sample.now()));
    assertUnavailable(sessions -> sessions.takeAttempt(session.id()));
    assertUnavailable(sessions -> sessions.giveAttemptBack(session.id()));
    assertThat(stored(login)).isEqualTo(session);
  }

  private void assertUnavailable(Consumer<Sessions> call) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> call.accept(unreachableStorage().sessions()));
  }

  /**
   * A session and the one that has replaced it.
   *
   * @param at when
   */
  record Replaced(Visitor visitor, Logins.Recorded old, Logins.Recorded next, Instant at) {}

  private Replaced newReplaced() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    Device device = Sample.device();
    Instant at = Sample.now();
    Logins.Recorded old = logIn(app, identity, device, at.minusSeconds(1));
    Logins.Recorded next = logIn(app, identity, device, at);
    return new Replaced(new Visitor(app, identity.openId(), next), old, next, at);
  }

  /** One more login of a visitor, on another install. */
  private Logins.Recorded another(Visitor visitor) {
    return logIn(visitor.app(), Sample.identity(visitor.openId()), Sample.device(), Sample.now());
  }

  private List<Session> listed(Logins.Recorded login, Instant now) {
    return storage().sessions().ofUser(login.user().id(), now);
  }

  private boolean end(Session session, Instant at, EndReason reason) {
    return storage().sessions().end(session.userId(), session.id(), at, reason);
  }

  private static Sessions.Held held(Logins.Recorded login) {
    return new Sessions.Held(login.session(), login.user().standing());
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
    return session.endedBy(new Session.Ending(at, reason));
  }
}
