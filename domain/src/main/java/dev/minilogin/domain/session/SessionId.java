package dev.minilogin.domain.session;

import java.util.Objects;
import java.util.UUID;

/**
 * The public handle of a session, for lists and logs. It authenticates nothing.
 *
 * @param value a UUID version 7, made by us
 */
public record SessionId(UUID value) {
  public SessionId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
