package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The sessions of an {@link InMemoryStorage}. Nothing purges them. */
public final class InMemorySessions implements Sessions {
  private static final Comparator<Session> LAST_USED_FIRST =
      Comparator.comparing(Session::lastSeenAt)
          .thenComparing(session -> session.id().value())
          .reversed();

  private final InMemoryStorage storage;

  public InMemorySessions(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<Held> find(SessionToken token) {
    return findStored(token);
  }

  @Override
  public Optional<Held> findStored(SessionToken token) {
    return storage.inOneStep(
        "reading a session",
        () ->
            Optional.ofNullable(storage.sessionsByToken.get(token))
                .map(storage.sessionsById::get)
                .map(
                    session ->
                        new Held(session, storage.usersById.get(session.userId()).standing())));
  }

  @Override
  public List<Session> ofUser(UserId user, Instant now) {
    return storage.inOneStep(
        "listing the sessions of a user",
        () -> storage.goodSessions(user, now).stream().sorted(LAST_USED_FIRST).toList());
  }

  @Override
  public boolean slide(Session seen, Session used) {
    return storage.inOneStep("writing the use of a session down", () -> slideInStep(seen, used));
  }

  private boolean slideInStep(Session seen, Session used) {
    Session stored = storage.sessionsById.get(used.id());
    boolean slides =
        stored != null
            && stored.ending().isEmpty()
            && stored.lastSeenAt().equals(seen.lastSeenAt())
            && used.lastSeenAt().isAfter(stored.lastSeenAt())
            && used.lastSeenAt().isBefore(stored.idleExpiresAt());
    if (slides) {
      storage.sessionsById.put(stored.id(), slid(stored, used));
    }
    return slides;
  }

  private static Session slid(Session stored, Session used) {
    return new Session(
        stored.id(),
        stored.family(),
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

  @Override
  public boolean end(UserId user, SessionId id, Instant at, EndReason reason) {
    return storage.inOneStep(
        "ending a session",
        () -> {
          Session stored = storage.sessionsById.get(id);
          boolean ends =
              stored != null
                  && stored.userId().equals(user)
                  && stored.ending().filter(end -> end.holdsAt(at)).isEmpty();
          if (ends) {
            storage.end(stored, new Session.Ending(at, reason));
            storage.audit(AuditEvents.sessionEnded(user, id, reason, at));
          }
          return ends;
        });
  }

  @Override
  public int endOthers(UserId user, SessionId kept, Instant at) {
    return storage.inOneStep(
        "ending the other sessions of a user",
        () -> {
          int ended = endOpen(user, at, session -> !session.id().equals(kept));
          if (ended > 0) {
            storage.audit(AuditEvents.othersEnded(user, kept, ended, at));
          }
          return ended;
        });
  }

  @Override
  public boolean endAll(UserId user, Actor by, Instant at) {
    return storage.inOneStep(
        "ending all sessions of a user",
        () ->
            storage
                .present(user)
                .map(
                    present -> {
                      storage.audit(AuditEvents.allEnded(user, by, at));
                      return storage.usersById.put(user, ofTheNextEpoch(present));
                    })
                .isPresent());
  }

  private static User ofTheNextEpoch(User user) {
    return new User(
        user.id(),
        user.status(),
        user.sessionEpoch() + 1,
        user.profile(),
        user.reviews(),
        user.phone(),
        user.profileClearedAt(),
        user.createdAt(),
        user.updatedAt());
  }

  @Override
  public int endFamily(Session replaced, Instant at) {
    return storage.inOneStep(
        "ending the family of a session",
        () -> {
          int ended =
              endOpen(replaced.userId(), at, session -> session.family().equals(replaced.family()));
          if (ended > 0) {
            storage.audit(AuditEvents.theftSuspected(replaced, ended, at));
          }
          return ended;
        });
  }

  private int endOpen(UserId user, Instant at, Predicate<Session> which) {
    List<Session> ended = storage.openSessions(user, at).stream().filter(which).toList();
    ended.forEach(session -> storage.end(session, new Session.Ending(at, EndReason.REVOKED)));
    return ended.size();
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
}
