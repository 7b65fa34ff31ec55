package dev.minilogin.application.testing;

import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions that are others' but for what a test overrides. */
public class ForwardingSessions implements Sessions {
  private final Sessions sessions;

  public ForwardingSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Optional<Held> find(SessionToken token) {
    return sessions.find(token);
  }

  @Override
  public Optional<Held> findStored(SessionToken token) {
    return sessions.findStored(token);
  }

  @Override
  public List<Session> ofUser(UserId user, Instant now) {
    return sessions.ofUser(user, now);
  }

  @Override
  public boolean slide(Session seen, Session used) {
    return sessions.slide(seen, used);
  }

  @Override
  public boolean end(UserId user, SessionId id, Instant at, EndReason reason) {
    return sessions.end(user, id, at, reason);
  }

  @Override
  public int endOthers(UserId user, SessionId kept, Instant at) {
    return sessions.endOthers(user, kept, at);
  }

  @Override
  public boolean endAll(UserId user, Actor by, Instant at) {
    return sessions.endAll(user, by, at);
  }

  @Override
  public int endFamily(Session replaced, Instant at) {
    return sessions.endFamily(replaced, at);
  }

  @Override
  public boolean takeAttempt(SessionId id) {
    return sessions.takeAttempt(id);
  }

  @Override
  public void giveAttemptBack(SessionId id) {
    sessions.giveAttemptBack(id);
  }
}
