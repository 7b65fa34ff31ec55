package dev.minilogin.application.user;

import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import java.time.InstantSource;
import java.util.Optional;

/** Changes what a user tells of themselves. */
public final class UpdateProfile {
  private final Users users;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public UpdateProfile(Users users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  /**
   * Applies a change to the user's profile.
   *
   * @return the user after it; empty if the account is gone meanwhile
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be stored
   */
  public Optional<User> execute(UserId user, ProfileChange change) {
    return users.changeProfile(user, change, Profile.Source.USER, clock.instant());
  }
}
