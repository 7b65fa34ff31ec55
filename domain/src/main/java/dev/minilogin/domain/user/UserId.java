package dev.minilogin.domain.user;

import java.util.Objects;
import java.util.UUID;

/**
 * A user of this server, in all mini programs that a unionid links.
 *
 * @param value a UUID version 7, made by us
 */
public record UserId(UUID value) {
  public UserId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
