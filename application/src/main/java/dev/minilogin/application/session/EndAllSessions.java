package dev.minilogin.application.session;

import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;

/** Ends all sessions of a user, because an operator wants it. */
public final class EndAllSessions {
  private final Sessions sessions;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public EndAllSessions(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Ends them; the user may log in again.
   *
   * @return {@code false} if there is no such user
   * @throws dev.minilogin.domain.failure.StorageUnavailable if they may still be good
   */
  public boolean execute(UserId user, Actor operator) {
    return sessions.endAll(user, operator, clock.instant());
  }
}
