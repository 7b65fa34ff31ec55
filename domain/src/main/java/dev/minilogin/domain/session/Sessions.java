package dev.minilogin.domain.session;

import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.Standing;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of this server. They are opened by a login ({@link Logins}) and by nothing else.
 *
 * <p>What ends leaves an event in the audit log.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked: "could not check" is never "not found".
 */
public interface Sessions {
  /**
   * How long a session that was ended may still be found good, at the most and on whichever
   * instance. Usually it is less than a second, and none at all on the instance that ended it.
   */
  Duration STALE_FOR_AT_MOST = Duration.ofSeconds(5);

  /**
   * The session that a token opens, ended or not, with its user's standing. An adapter may answer
   * from its memory, within {@link #STALE_FOR_AT_MOST}.
   *
   * @return empty if no session was ever opened with this token, or it was purged
   */
  Optional<Held> find(SessionToken token);

  /** As {@link #find}, but as stored now. */
  Optional<Held> findStored(SessionToken token);

  /** A session and the standing of its user's account, as stored at one moment. */
  record Held(Session session, Standing account) {
    /** Why the session is no longer good at {@code now}; empty if it is. */
    public Optional<EndReason> endedAt(Instant now) {
      return session.endedAt(now, account);
    }
  }

  /** The sessions of a user that are good at {@code now}, the last used first, as stored now. */
  List<Session> ofUser(UserId user, Instant now);

  /**
   * Writes a use down. Atomic and conditional: an ended session stays ended, one that is about to
   * end isn't kept, an expired one stays expired, the last use never moves back, and of those who
   * saw the same use before theirs one writes: a session costs one write however many use it.
   *
   * @param seen the session before the use, of which {@code lastSeenAt} must be as stored
   * @param used the session after the use, of which {@code lastSeenAt} and {@code idleExpiresAt}
   *     are taken
   * @return whether it was written
   */
  boolean slide(Session seen, Session used);

  /**
   * Ends a session of a user. Atomic: of several callers one is told {@code true}, and its reason
   * stays. One that is about to end is ended now.
   *
   * @return {@code false}, and nothing changed, if that user has no such session or it was ended
   *     before
   */
  boolean end(UserId user, SessionId id, Instant at, EndReason reason);

  /**
   * Ends all good sessions of a user but one, as revoked. Atomic.
   *
   * @return how many
   */
  int endOthers(UserId user, SessionId kept, Instant at);

  /**
   * Ends all sessions of a user, as revoked, in one write however many there are: the user's
   * session epoch grows.
   *
   * @return {@code false}, and nothing changed, if there is no such user or the account is deleted
   */
  boolean endAll(UserId user, Actor by, Instant at);

  /**
   * Ends what came of a session that was replaced, as revoked, because its token was sent again:
   * one of the two holders isn't the user. Atomic.
   *
   * @param replaced the session whose token was sent
   * @return how many sessions of its family were still good and are ended now
   */
  int endFamily(Session replaced, Instant at);

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
