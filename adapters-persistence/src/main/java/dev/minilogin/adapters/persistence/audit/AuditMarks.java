package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditKeys.Known;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The two ends of the chain, each proved by a MAC, as a part of the caller's transaction. */
@Singleton
final class AuditMarks {
  private final AuditMarkRows rows;
  private final AuditKeys keys;

  AuditMarks(AuditMarkRows rows, AuditKeys keys) {
    this.rows = rows;
    this.keys = keys;
  }

  /** The mark with a name; at the beginning of the chain if there is none. */
  Optional<AuditMarkRow> find(String name) {
    return rows.byName(name);
  }

  /** The head, and the greatest place that an entry has. */
  Optional<AuditEndRow> end() {
    return rows.end(AuditMarkRow.HEAD);
  }

  /** The mark with a name, made if there is none; empty if somebody else moves it. */
  Optional<AuditMarkRow> locked(String name) {
    if (rows.byName(name).isEmpty()) {
      AuditKeys.Key key = keys.current();
      byte[] beginning = AuditProof.beginning();
      rows.insert(
          name, 0, beginning, key.number(), AuditProof.ofMark(key.key(), name, 0, beginning));
    }
    return rows.locked(name);
  }

  /** Moves a mark that this transaction has locked. */
  void move(AuditMarkRow seen, long seq, byte[] chain) {
    AuditKeys.Key key = keys.current();
    byte[] mac = AuditProof.ofMark(key.key(), seen.name(), seq, chain);
    if (rows.move(seen.name(), seen.seq(), seq, chain, key.number(), mac) == 0) {
      throw new Storage.LostRace("an end of the audit log was moved meanwhile");
    }
  }

  /** Whether a mark says what was written. */
  boolean isProved(AuditMarkRow mark) {
    return keys.find(mark.markKey()) instanceof Known.Opened(AuditKeys.Key key)
        && AuditProof.isSame(
            AuditProof.ofMark(key.key(), mark.name(), mark.seq(), mark.chain()), mark.mac());
  }

  /** Whether this instance can't tell: it has not got the key. */
  boolean isLocked(AuditMarkRow mark) {
    return keys.find(mark.markKey()) instanceof Known.Locked;
  }
}
