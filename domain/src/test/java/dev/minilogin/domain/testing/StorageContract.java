package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Sessions;

/** What the contracts of a storage's ports have in common: what they need, and how they log in. */
public interface StorageContract {
  /** The storage under test; each call may give a new one over the same data. */
  Storage storage();

  /** A storage of the same kind that can't be asked. */
  Storage unreachableStorage();

  /** A new mini program, saved. */
  default MiniProgram newMiniProgram() {
    return saved(Sample.miniProgram());
  }

  /** The mini program, saved. */
  default MiniProgram saved(MiniProgram app) {
    storage().miniPrograms().save(app);
    return app;
  }

  /** The login of a new user in a new mini program, recorded. */
  default Logins.Recorded newUser() {
    return logIn(Sample.newLogin(newMiniProgram(), Sample.identity()));
  }

  /** Claims and records a login. */
  default Logins.Recorded logIn(NewLogin login) {
    assertThat(storage().logins().claim(login.claim(), login.at())).isTrue();
    return storage().logins().record(login);
  }

  /** The session that a login opened, as stored now. */
  default Sessions.Held found(Logins.Recorded login) {
    return storage().sessions().find(login.token()).orElseThrow();
  }
}
