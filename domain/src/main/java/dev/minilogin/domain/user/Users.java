package dev.minilogin.domain.user;

import dev.minilogin.domain.miniprogram.Tenant;
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

  /**
   * Binds a phone number to a user, in place of the one that is bound. Atomic: of several users of
   * a tenant who bind one number at once, one gets it.
   *
   * @param tenant within which the number belongs to one user
   * @param move whether the number is taken away from another user who has it; nothing else of that
   *     user changes
   */
  Binding bindPhone(UserId id, Tenant tenant, BoundPhone phone, boolean move);

  /** What came of binding a phone number. */
  sealed interface Binding {
    /**
     * It is bound. If it was before, nothing changed.
     *
     * @param movedFrom who had it
     */
    record Bound(User user, Optional<UserId> movedFrom) implements Binding {}

    /** Another user of the tenant has it; nothing changed. */
    record Taken() implements Binding {}

    /** There is no such user. */
    record NoUser() implements Binding {}
  }

  /**
   * Takes a user's phone number away, if there is one.
   *
   * @return the user without it; empty if there is no such user
   */
  Optional<User> unbindPhone(UserId id, Instant at);
}
