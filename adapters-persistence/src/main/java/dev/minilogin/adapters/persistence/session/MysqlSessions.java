package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in MySQL, found by the hash of their token. */
@Singleton
final class MysqlSessions implements Sessions {
  private final SessionRows rows;
  private final SessionChanges changes;
  private final SessionCache cache;
  private final Storage storage;
  private final Hasher hasher;

  MysqlSessions(
      SessionRows rows,
      SessionChanges changes,
      SessionCache cache,
      Storage storage,
      Hasher hasher) {
    this.rows = rows;
    this.changes = changes;
    this.cache = cache;
    this.storage = storage;
    this.hasher = hasher;
  }

  @Override
  public Optional<Held> find(SessionToken token) {
    List<byte[]> macs = macs(token);
    return cache.find(macs.getFirst(), () -> read(macs));
  }

  @Override
  public Optional<Held> findStored(SessionToken token) {
    return read(macs(token));
  }

  /** Two peppers may live at once, while one replaces the other. */
  private List<byte[]> macs(SessionToken token) {
    return hasher.hashes(SessionChanges.TOKEN, token.reveal());
  }

  private Optional<Held> read(List<byte[]> macs) {
    return storage
        .statement("reading a session", () -> rows.byToken(macs.getFirst(), macs.getLast()))
        .map(SessionRow::toHeld);
  }

  @Override
  public List<Session> ofUser(UserId user, Instant now) {
    return storage
        .statement(
            "reading a user's sessions",
            () -> rows.ofUser(Binary.of(user.value()), now.toEpochMilli()))
        .stream()
        .map(SessionRow::toHeld)
        .filter(held -> held.endedAt(now).isEmpty())
        .map(Held::session)
        .toList();
  }

  @Override
  public boolean slide(Session seen, Session used) {
    return cache.slide(seen, used, () -> write(seen, used));
  }

  private boolean write(Session seen, Session used) {
    return storage.statement(
            "writing down the use of a session",
            () ->
                rows.slide(
                    Binary.of(used.id().value()),
                    seen.lastSeenAt().toEpochMilli(),
                    used.lastSeenAt().toEpochMilli(),
                    used.idleExpiresAt().toEpochMilli()))
        == 1;
  }

  @Override
  public boolean end(UserId user, SessionId id, Instant at, EndReason reason) {
    return storage.transaction(
        "ending a session", () -> changes.end(user, id, new Session.Ending(at, reason)));
  }

  @Override
  public int endOthers(UserId user, SessionId kept, Instant at) {
    return storage.transaction(
        "ending a user's other sessions", () -> changes.endOthers(user, kept, at));
  }

  @Override
  public boolean endAll(UserId user, Actor by, Instant at) {
    return storage.transaction("ending all sessions of a user", () -> changes.endAll(user, by, at));
  }

  @Override
  public int endFamily(Session replaced, Instant at) {
    return storage.transaction(
        "ending what came of a session", () -> changes.endFamily(replaced, at));
  }

  @Override
  public boolean takeAttempt(SessionId id) {
    return storage.statement(
            "taking an attempt at open data",
            () -> rows.takeAttempt(Binary.of(id.value()), OPEN_DATA_ATTEMPTS))
        == 1;
  }

  @Override
  public void giveAttemptBack(SessionId id) {
    storage.statement(
        "giving an attempt at open data back", () -> rows.giveAttemptBack(Binary.of(id.value())));
  }
}
