package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogOutTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final MutableClock clock = scene.clock();
  private final LogOut logOut = new LogOut(storage.sessions(), clock);
  private final WeChatIdentity alice = Sample.identity();
  private final Logins.Recorded login = scene.login(scene.app(), alice);

  @Test
  void ends_the_session_as_signed_out_now() {
    logOut.execute(login.session());
    assertThat(stored(login).ending())
        .contains(new Session.Ending(clock.instant(), EndReason.SIGNED_OUT));
  }

  @Test
  void a_session_that_has_ended_already_stays_as_it_is() {
    logOut.execute(login.session());
    Session ended = stored(login);
    clock.advance(Duration.ofMinutes(1));
    logOut.execute(login.session());
    assertThat(stored(login)).isEqualTo(ended);
  }

  @Test
  void a_session_that_was_revoked_stays_revoked() {
    storage
        .sessions()
        .end(login.user().id(), login.session().id(), clock.instant(), EndReason.REVOKED);
    clock.advance(Duration.ofMinutes(1));
    logOut.execute(login.session());
    assertThat(stored(login).ending().orElseThrow().reason()).isEqualTo(EndReason.REVOKED);
  }

  @Test
  void a_session_that_another_login_has_replaced_ends_before_its_tail_does() {
    Device device = Sample.device();
    Logins.Recorded old = scene.login(scene.app(), alice, device);
    scene.login(scene.app(), alice, device);
    logOut.execute(old.session());
    assertThat(stored(old).ending())
        .contains(new Session.Ending(clock.instant(), EndReason.SIGNED_OUT));
  }

  @Test
  void the_users_other_sessions_stay_good() {
    Logins.Recorded other = scene.login(scene.app(), alice);
    logOut.execute(login.session());
    assertThat(stored(other)).isEqualTo(other.session());
  }

  @Test
  void a_session_that_is_not_known_is_no_matter() {
    Session session = login.session();
    logOut.execute(
        session.renewed(Sample.sessionId(), session.createdAt(), SessionLifetimes.DEFAULT));
    assertThat(stored(login)).isEqualTo(login.session());
  }

  @Test
  void logging_out_many_times_at_once_is_logging_out() {
    AtOnce.run(
        16,
        _ -> {
          logOut.execute(login.session());
          return true;
        });
    assertThat(stored(login).ending())
        .contains(new Session.Ending(clock.instant(), EndReason.SIGNED_OUT));
  }

  @Test
  void without_the_storage_nobody_is_told_to_be_logged_out() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> logOut.execute(login.session()));
    storage.comeBack();
    assertThat(stored(login)).isEqualTo(login.session());
  }

  private Session stored(Logins.Recorded of) {
    return scene.stored(of);
  }
}
