package dev.minilogin.application.user;

import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;
import java.util.Optional;

/** Takes a user's phone number away, because the user wants it. */
public final class UnbindPhone {
  private final PhoneBindings phones;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public UnbindPhone(PhoneBindings phones, InstantSource clock) {
    this.phones = phones;
    this.clock = clock;
  }

  /**
   * Unbinds the number, if there is one.
   *
   * @return the user without it; empty if the account is gone meanwhile
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be stored
   */
  public Optional<User> execute(UserId user) {
    return phones.unbind(user, clock.instant());
  }
}
