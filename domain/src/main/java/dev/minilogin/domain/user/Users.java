package dev.minilogin.domain.user;

import java.time.Instant;
import java.util.Optional;

/**
 * The users of this server. They are created by a login ({@code Logins}) and by nothing else.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked. A deleted user counts as none where something would be changed.
 */
public interface Users {
  /** The user with that id; empty if there is none. */
  Optional<User> find(UserId id);

  /**
   * Changes a user's profile ({@link User#changed}). Atomic: of two changes at once, each applies
   * to what the other left, so that no field is lost.
   *
   * @param source who tells us
   * @param at when, for the provenance of what changes
   * @return the user after the change; empty, and nothing changed, if there is no such user
   */
  Optional<User> changeProfile(UserId id, ProfileChange change, Profile.Source source, Instant at);
}
