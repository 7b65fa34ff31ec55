package dev.minilogin.adapters.web.user;

import dev.minilogin.domain.user.User;
import jakarta.inject.Singleton;

/** Makes the answer for a user. */
@Singleton
public final class UserResponses {
  private final PublicAddress here;

  UserResponses(PublicAddress here) {
    this.here = here;
  }

  /** The user as they see themselves. */
  public UserResponse of(User user) {
    return UserResponse.of(user, here);
  }

  /** A profile's {@code avatarUrl} as clients are told it. */
  public String address(String avatarUrl) {
    return here.absolute(avatarUrl);
  }
}
