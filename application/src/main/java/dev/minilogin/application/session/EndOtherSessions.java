package dev.minilogin.application.session;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import java.time.InstantSource;

/** Ends all of a user's sessions but the one that asks. */
public final class EndOtherSessions {
  private final Sessions sessions;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public EndOtherSessions(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Ends them.
   *
   * @return how many were good
   * @throws dev.minilogin.domain.failure.StorageUnavailable if some may still be good
   */
  public int execute(Session kept) {
    return sessions.endOthers(kept.userId(), kept.id(), clock.instant());
  }
}
