package dev.minilogin.domain.session;

import dev.minilogin.domain.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * The sessions of this server. They are opened by a login ({@link Logins}) and by nothing else.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked: "could not check" is never "not found".
 */
public interface Sessions {
  /**
   * The session that a token opens, ended or not, with its user.
   *
   * @return empty if no session was ever opened with this token, or it was purged
   */
  Optional<Held> find(SessionToken token);

  /** A session and its user, as stored at one moment. */
  record Held(Session session, User user) {}

  /**
   * Writes a use down. Atomic and conditional: an ended session stays ended, an expired one
   * expired, and the last use never moves back.
   *
   * @param used the session after the use, of which {@code lastSeenAt} and {@code idleExpiresAt}
   *     are taken
   * @return whether it was written
   */
  boolean slide(Session used);

  /**
   * Ends a session. Atomic: of several callers one is told {@code true}, and its reason stays.
   *
   * @return {@code false}, and nothing changed, if it is unknown or was ended before
   */
  boolean end(SessionId id, Instant at, EndReason reason);

  /**
   * Takes one of the attempts at open data that a session has: {@link #OPEN_DATA_ATTEMPTS}, of
   * which those that succeed are given back. Atomic, so that attempts at once can't be more.
   *
   * @return {@code false}, and nothing changed, if none is left
   */
  boolean takeAttempt(SessionId id);

  /** Gives an attempt back that succeeded. */
  void giveAttemptBack(SessionId id);

  /** How many attempts at open data may fail in a session: whoever guesses needs thousands. */
  int OPEN_DATA_ATTEMPTS = 10;
}
