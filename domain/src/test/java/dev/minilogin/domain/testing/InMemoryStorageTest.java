package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins.Outcome;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.user.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest {
  private final InMemoryStorage storage = new InMemoryStorage();

  @Test
  void what_was_written_before_an_outage_is_there_after_it_and_nothing_else() {
    Recorded before = storage.logins().record(newLogin());
    NewLogin meanwhile = newLogin();
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> storage.logins().record(meanwhile));
    storage.comeBack();
    assertThat(storage.sessions().find(before.token())).isPresent();
    assertThat(storage.sessions().find(meanwhile.token())).isEmpty();
    assertThat(storage.users().find(meanwhile.newUserId())).isEmpty();
  }

  @Test
  void who_waits_when_the_storage_goes_down_is_told() {
    LoginClaim claim = Sample.claim();
    storage.logins().claim(claim, Sample.now());
    InBackground<Outcome> waiting =
        InBackground.start(
                () ->
                    storage
                        .logins()
                        .outcome(claim, Sample.resendKey(), Sample.now(), Duration.ofSeconds(20)))
            .untilItWaits();
    storage.goDown();
    assertThatThrownBy(waiting::result).hasCauseInstanceOf(StorageUnavailable.class);
  }

  @Test
  void a_replaced_user_is_found_by_id_and_by_session() {
    Recorded login = storage.logins().record(newLogin());
    User user = login.user();
    User suspended =
        new User(
            user.id(),
            User.Status.SUSPENDED,
            user.sessionEpoch() + 1,
            user.profile(),
            user.createdAt(),
            user.updatedAt());
    storage.replace(suspended);
    assertThat(storage.users().find(user.id())).contains(suspended);
    assertThat(storage.sessions().find(login.token()))
        .hasValueSatisfying(held -> assertThat(held.account()).isEqualTo(suspended.standing()));
  }

  @Test
  void a_user_that_is_not_there_cannot_be_replaced() {
    User nobody = User.firstSeen(Sample.userId(), Sample.now());
    assertThatIllegalArgumentException().isThrownBy(() -> storage.replace(nobody));
    assertThat(storage.users().find(nobody.id())).isEmpty();
  }

  private static NewLogin newLogin() {
    return Sample.newLogin(Sample.miniProgram(), Sample.identity());
  }
}
