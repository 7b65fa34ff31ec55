package dev.minilogin.domain.user;

import java.time.Instant;
import java.util.Objects;

/**
 * The phone number of a user.
 *
 * @param at when it was bound
 */
public record BoundPhone(PhoneNumber number, Instant at) {
  public BoundPhone {
    Objects.requireNonNull(number, "number");
    Objects.requireNonNull(at, "at");
  }
}
