package dev.minilogin.application.user;

import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import java.util.Optional;

/**
 * Shows users what is known of them, as stored now: a change that another instance took a moment
 * ago is seen.
 */
public final class ShowUser {
  private final Users users;

  public ShowUser(Users users) {
    this.users = users;
  }

  /**
   * The user.
   *
   * @return empty if the account is gone meanwhile
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Optional<User> execute(UserId id) {
    return users.find(id).filter(user -> user.status() != User.Status.DELETED);
  }
}
