package dev.minilogin.application.user;

import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import java.time.InstantSource;
import java.util.Optional;

/** Takes a user's phone number away, because the user wants it. */
public final class UnbindPhone {
  private final Users users;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public UnbindPhone(Users users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /**
   * Unbinds the number, if there is one.
   *
   * @return the user without it; empty if the account is gone meanwhile
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be stored
   */
  public Optional<User> execute(UserId user) {
    return users.unbindPhone(user, clock.instant());
  }
}
