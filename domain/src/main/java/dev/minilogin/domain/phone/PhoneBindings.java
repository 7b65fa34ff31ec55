package dev.minilogin.domain.phone;

import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which user has which phone number.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked. A deleted user counts as none.
 */
public interface PhoneBindings {
  /**
   * Binds a phone number to a user, in place of the one that is bound. Atomic: of several users of
   * a tenant who bind one number at once, one gets it. What changes is left in the audit log:
   * {@code PHONE_BOUND}, and {@code PHONE_MOVED} at the user who lost the number.
   *
   * <p>With a rotation, the session that asks gets a new token in the same step: of several that
   * ask at once with one token, one gets it. Its attempts at open data that failed still count.
   *
   * @param tenant within which the number belongs to one user
   * @param move whether the number is taken away from another user who has it; nothing else of that
   *     user changes
   * @param rotation for the session that asks; empty where nobody knows its token yet
   */
  Binding bind(
      UserId id, Tenant tenant, BoundPhone phone, boolean move, Optional<Rotation> rotation);

  /** What came of binding a phone number. */
  sealed interface Binding {
    /**
     * It is bound. If it was before, nothing changed, and there was no rotation.
     *
     * @param movedFrom who had it
     * @param renewed the session in place of the one that asked
     */
    record Bound(User user, Optional<UserId> movedFrom, Optional<Session> renewed)
        implements Binding {}

    /** Another user of the tenant has it; nothing changed. */
    record Taken() implements Binding {}

    /** The session that asked isn't good any more, or is about to end; nothing changed. */
    record SessionOver() implements Binding {}

    /** There is no such user. */
    record NoUser() implements Binding {}
  }

  /**
   * Takes a user's phone number away, if there is one; then the audit log says {@code
   * PHONE_UNBOUND}.
   *
   * @return the user without it; empty if there is no such user
   */
  Optional<User> unbind(UserId id, Instant at);
}
