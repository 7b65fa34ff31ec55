package dev.minilogin.domain.user;

import java.time.Instant;
import java.util.Objects;

/**
 * A user's account.
 *
 * @param id who it is
 * @param status whether the user may log in
 * @param sessionEpoch sessions of an older epoch are ended: one write ends them all
 * @param profile what is known of the person
 * @param createdAt when the user first logged in
 * @param updatedAt when the profile or the status last changed
 */
public record User(
    UserId id,
    Status status,
    int sessionEpoch,
    Profile profile,
    Instant createdAt,
    Instant updatedAt) {
  /** Whether the user may log in. */
  public enum Status {
    /** As usual. */
    ACTIVE,
    /** An operator locked the account; its data stays. */
    SUSPENDED,
    /** The account was deleted; what must be kept of it has no personal data. */
    DELETED
  }

  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(updatedAt, "updatedAt");
  }

  /** A user who logs in for the first time: active, nothing known. */
  public static User firstSeen(UserId id, Instant at) {
    return new User(id, Status.ACTIVE, 0, Profile.EMPTY, at, at);
  }

  /** The same user with another profile; {@code updatedAt} moves only if the profile differs. */
  public User withProfile(Profile changed, Instant at) {
    return changed.equals(profile)
        ? this
        : new User(id, status, sessionEpoch, changed, createdAt, at);
  }
}
