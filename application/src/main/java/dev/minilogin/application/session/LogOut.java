package dev.minilogin.application.session;

import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import java.time.InstantSource;

/** Ends the session that a user logs out of. */
public final class LogOut {
  private final Sessions sessions;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public LogOut(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Ends the session; one that has ended already stays as it is.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it may still be good
   */
  public void execute(Session session) {
    sessions.end(session.userId(), session.id(), clock.instant(), EndReason.SIGNED_OUT);
  }
}
