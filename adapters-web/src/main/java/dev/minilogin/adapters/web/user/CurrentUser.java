package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.ShowUser;
import dev.minilogin.domain.user.User;
import jakarta.inject.Singleton;

/** The user behind a caller, for routes that show or change what is known of the user. */
@Singleton
public final class CurrentUser {
  private final ShowUser showUser;

  CurrentUser(ShowUser showUser) {
    this.showUser = showUser;
  }

  /**
   * The user, as stored now.
   *
   * @throws ProblemException if the account is gone meanwhile
   */
  public User of(Caller caller) {
    return showUser.execute(caller.userId()).orElseThrow(ProblemException::accountDeleted);
  }
}
