package dev.minilogin.application.session;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;
import java.util.List;

/** Shows users where they are logged in. */
public final class ListSessions {
  private final Sessions sessions;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ListSessions(Sessions sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * The user's good sessions, in all mini programs, the last used first.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public List<Session> execute(UserId user) {
    return sessions.ofUser(user, clock.instant());
  }
}
