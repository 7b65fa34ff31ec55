package dev.minilogin.application.session;

import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;

/** Ends one of a user's sessions, from another one. */
public final class EndSession {
  private final Sessions sessions;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public EndSession(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Ends it. Afterwards the user has no such session; whether there was one, and whose, is told to
   * nobody.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it may still be good
   */
  public void execute(UserId user, SessionId session) {
    sessions.end(user, session, clock.instant(), EndReason.REVOKED);
  }
}
