package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in MySQL, found by the hash of their token. */
@Singleton
final class MysqlSessions implements Sessions {
  private final SessionRows rows;
  private final Storage storage;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlSessions(SessionRows rows, Storage storage, Sealer sealer, Hasher hasher) {
    this.rows = rows;
    this.storage = storage;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  @Override
  public Optional<Held> find(SessionToken token) {
    // Two peppers may live at once, while one replaces the other.
    List<byte[]> macs = hasher.hashes(MysqlLogins.TOKEN, token.reveal());
    return storage
        .statement(
            "reading a session",
            () -> rows.byToken(macs.getFirst(), macs.get(Math.min(1, macs.size() - 1))))
        .map(row -> row.toHeld(sealer));
  }

  @Override
  public boolean slide(Session used) {
    return storage.statement(
            "writing down the use of a session",
            () ->
                rows.slide(
                    Binary.of(used.id().value()),
                    used.lastSeenAt().toEpochMilli(),
                    used.idleExpiresAt().toEpochMilli()))
        == 1;
  }

  @Override
  public boolean end(SessionId id, Instant at, EndReason reason) {
    return storage.statement(
            "ending a session",
            () -> rows.end(Binary.of(id.value()), at.toEpochMilli(), reason.name()))
        == 1;
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
