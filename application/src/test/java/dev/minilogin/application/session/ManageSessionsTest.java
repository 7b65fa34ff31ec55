package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users and operators do with sessions: see them, end one, the others, or all. */
class ManageSessionsTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final ListSessions listSessions = new ListSessions(storage.sessions(), scene.clock());
  private final EndSession endSession = new EndSession(storage.sessions(), scene.clock());
  private final EndOtherSessions endOtherSessions =
      new EndOtherSessions(storage.sessions(), scene.clock());
  private final EndAllSessions endAllSessions =
      new EndAllSessions(storage.sessions(), scene.clock());
  private final WeChatIdentity alice = Sample.identity();
  private final Logins.Recorded first = logIn();
  private final Logins.Recorded second = logIn();
  private final UserId user = first.user().id();
  private final Logins.Recorded bob = scene.newcomer();

  // See them

  @Test
  void users_see_their_own_good_sessions_the_last_used_first() {
    scene.clock().advance(Duration.ofMinutes(1));
    Logins.Recorded third = logIn();
    assertThat(listSessions.execute(user)).startsWith(third.session()).hasSize(3);
    assertThat(listSessions.execute(user))
        .containsExactlyInAnyOrder(first.session(), second.session(), third.session());
    assertThat(listSessions.execute(bob.user().id())).containsExactly(bob.session());
  }

  @Test
  void users_see_no_session_that_is_over() {
    endSession.execute(user, first.session().id());
    assertThat(listSessions.execute(user)).containsExactly(second.session());
    scene.clock().set(second.session().idleExpiresAt());
    assertThat(listSessions.execute(user)).isEmpty();
  }

  @Test
  void suspended_users_have_no_good_sessions() {
    User before = scene.stored(user);
    storage.replace(
        new User(
            user,
            User.Status.SUSPENDED,
            before.sessionEpoch(),
            before.profile(),
            before.createdAt(),
            before.updatedAt()));
    assertThat(listSessions.execute(user)).isEmpty();
  }

  // End one

  @Test
  void users_end_one_of_their_sessions_and_no_other() {
    endSession.execute(user, first.session().id());
    assertThat(scene.stored(first).ending())
        .contains(new Session.Ending(scene.clock().instant(), EndReason.REVOKED));
    assertThat(scene.stored(second)).isEqualTo(second.session());
  }

  @Test
  void ending_a_session_twice_is_ending_it_once() {
    endSession.execute(user, first.session().id());
    Session ended = scene.stored(first);
    scene.clock().advance(Duration.ofMinutes(1));
    endSession.execute(user, first.session().id());
    assertThat(scene.stored(first)).isEqualTo(ended);
  }

  @Test
  void the_session_of_another_user_is_as_unknown_as_any() {
    endSession.execute(user, bob.session().id());
    endSession.execute(user, Sample.sessionId());
    assertThat(scene.stored(bob)).isEqualTo(bob.session());
    assertThat(listSessions.execute(user)).hasSize(2);
  }

  // End the others

  @Test
  void users_end_all_their_sessions_but_the_one_that_asks() {
    Logins.Recorded third = logIn();
    assertThat(endOtherSessions.execute(second.session())).isEqualTo(2);
    assertThat(listSessions.execute(user)).containsExactly(second.session());
    for (Logins.Recorded gone : List.of(first, third)) {
      assertThat(scene.stored(gone).ending())
          .contains(new Session.Ending(scene.clock().instant(), EndReason.REVOKED));
    }
    assertThat(scene.stored(bob)).isEqualTo(bob.session());
    assertThat(endOtherSessions.execute(second.session())).isZero();
  }

  // End all

  @Test
  void operators_end_all_sessions_of_a_user_who_may_log_in_again() {
    assertThat(endAllSessions.execute(user, Actor.operator("ann"))).isTrue();
    assertThat(listSessions.execute(user)).isEmpty();
    assertThat(listSessions.execute(bob.user().id())).containsExactly(bob.session());
    Logins.Recorded again = logIn();
    assertThat(again.user().id()).isEqualTo(user);
    assertThat(listSessions.execute(user)).containsExactly(again.session());
  }

  @Test
  void operators_are_told_where_there_is_no_such_user() {
    assertThat(endAllSessions.execute(Sample.userId(), Actor.operator("ann"))).isFalse();
    scene.erase(user);
    assertThat(endAllSessions.execute(user, Actor.operator("ann"))).isFalse();
  }

  @Test
  void without_the_storage_nothing_is_told_to_be_ended() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> listSessions.execute(user));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> endSession.execute(user, first.session().id()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> endOtherSessions.execute(first.session()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> endAllSessions.execute(user, Actor.operator("ann")));
    storage.comeBack();
    assertThat(listSessions.execute(user)).hasSize(2);
  }

  private Logins.Recorded logIn() {
    return scene.login(scene.app(), alice, Sample.device());
  }
}
