package dev.minilogin.domain.user;

import java.util.Objects;

/**
 * What of an account decides whether a session of its user is good.
 *
 * @param status whether the user may log in
 * @param sessionEpoch sessions of an older epoch are ended
 */
public record Standing(User.Status status, int sessionEpoch) {
  public Standing {
    Objects.requireNonNull(status, "status");
  }
}
