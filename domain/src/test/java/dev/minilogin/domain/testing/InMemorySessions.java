package dev.minilogin.domain.testing;

import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The sessions of an {@link InMemoryStorage}. Nothing purges them. */
public final class InMemorySessions implements Sessions {
  private final InMemoryStorage storage;

  public InMemorySessions(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<Held> find(SessionToken token) {
    return storage.inOneStep(
        "reading a session",
        () ->
            Optional.ofNullable(storage.sessionsByToken.get(token))
                .map(storage.sessionsById::get)
                .map(session -> new Held(session, storage.usersById.get(session.userId()))));
  }

  @Override
  public boolean slide(Session used) {
    return storage.inOneStep(
        "writing the use of a session down",
        () ->
            changeUnended(
                used.id(),
                stored -> {
                  boolean forward = used.lastSeenAt().isAfter(stored.lastSeenAt());
                  boolean inTime = used.lastSeenAt().isBefore(stored.idleExpiresAt());
                  return forward && inTime ? slid(stored, used) : stored;
                }));
  }

  @Override
  public boolean end(SessionId id, Instant at, EndReason reason) {
    return storage.inOneStep(
        "ending a session",
        () -> changeUnended(id, stored -> ended(stored, new Session.Ending(at, reason))));
  }

  @Override
  public boolean takeAttempt(SessionId id) {
    return storage.inOneStep(
        "taking an attempt at open data",
        () -> {
          int taken = storage.attemptsTaken.getOrDefault(id, 0);
          if (taken == OPEN_DATA_ATTEMPTS || !storage.sessionsById.containsKey(id)) {
            return false;
          }
          storage.attemptsTaken.put(id, taken + 1);
          return true;
        });
  }

  @Override
  public void giveAttemptBack(SessionId id) {
    storage.inOneStep(
        "giving an attempt at open data back",
        () ->
            storage.attemptsTaken.computeIfPresent(id, (_, taken) -> taken > 1 ? taken - 1 : null));
  }

  /** Whether the session is there, has not been ended, and is another one after the change. */
  private boolean changeUnended(SessionId id, UnaryOperator<Session> change) {
    Session stored = storage.sessionsById.get(id);
    if (stored == null || stored.ending().isPresent()) {
      return false;
    }
    Session next = change.apply(stored);
    storage.sessionsById.put(id, next);
    return !next.equals(stored);
  }

  private static Session slid(Session stored, Session used) {
    return new Session(
        stored.id(),
        stored.userId(),
        stored.appId(),
        stored.device(),
        stored.createdAt(),
        used.lastSeenAt(),
        used.idleExpiresAt(),
        stored.absoluteExpiresAt(),
        stored.epoch(),
        stored.ending());
  }

  private static Session ended(Session stored, Session.Ending ending) {
    return new Session(
        stored.id(),
        stored.userId(),
        stored.appId(),
        stored.device(),
        stored.createdAt(),
        stored.lastSeenAt(),
        stored.idleExpiresAt(),
        stored.absoluteExpiresAt(),
        stored.epoch(),
        Optional.of(ending));
  }
}
