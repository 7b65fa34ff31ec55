package dev.minilogin.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogOutTest {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:20:30.123Z"));
  private final LogOut logOut = new LogOut(storage.sessions(), clock);
  private final MiniProgram app = Sample.miniProgram();
  private final WeChatIdentity alice = Sample.identity();
  private final Logins.Recorded login = storage.logins().record(Sample.newLogin(app, alice));

  @Test
  void ends_the_session_as_signed_out_now() {
    logOut.execute(login.session().id());
    assertThat(stored(login).ending())
        .contains(new Session.Ending(clock.instant(), EndReason.SIGNED_OUT));
  }

  @Test
  void a_session_that_has_ended_already_stays_as_it_is() {
    logOut.execute(login.session().id());
    Session ended = stored(login);
    clock.advance(Duration.ofMinutes(1));
    logOut.execute(login.session().id());
    assertThat(stored(login)).isEqualTo(ended);
  }

  @Test
  void a_session_that_was_revoked_stays_revoked() {
    storage.sessions().end(login.session().id(), clock.instant(), EndReason.REVOKED);
    clock.advance(Duration.ofMinutes(1));
    logOut.execute(login.session().id());
    assertThat(stored(login).ending().orElseThrow().reason()).isEqualTo(EndReason.REVOKED);
  }

  @Test
  void the_users_other_sessions_stay_good() {
    Logins.Recorded other = storage.logins().record(Sample.newLogin(app, alice));
    logOut.execute(login.session().id());
    assertThat(stored(other)).isEqualTo(other.session());
  }

  @Test
  void a_session_that_is_not_known_is_no_matter() {
    logOut.execute(Sample.sessionId());
    assertThat(stored(login)).isEqualTo(login.session());
  }

  @Test
  void logging_out_many_times_at_once_is_logging_out() {
    AtOnce.run(
        16,
        _ -> {
          logOut.execute(login.session().id());
          return true;
        });
    assertThat(stored(login).ending())
        .contains(new Session.Ending(clock.instant(), EndReason.SIGNED_OUT));
  }

  @Test
  void without_the_storage_nobody_is_told_to_be_logged_out() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> logOut.execute(login.session().id()));
    storage.comeBack();
    assertThat(stored(login)).isEqualTo(login.session());
  }

  private Session stored(Logins.Recorded of) {
    return storage.sessions().find(of.token()).orElseThrow().session();
  }
}
