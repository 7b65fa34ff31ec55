package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.identifier.TimeOrderedId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/**
 * Adds to the audit log, as a part of the transaction that the caller began: what is changed and
 * what the log says of it are kept both or neither. Costs one round trip.
 */
@Singleton
public final class AuditTrail {
  private final AuditTrailRows rows;
  private final AuditKeys keys;
  private final SecureRandom random;

  AuditTrail(AuditTrailRows rows, AuditKeys keys, SecureRandom random) {
    this.rows = rows;
    this.keys = keys;
    this.random = random;
  }

  /** Adds an event. */
  public void append(AuditEvent event) {
    AuditKeys.Key key = keys.current();
    byte[] id = Binary.of(TimeOrderedId.make(event.at(), random));
    AuditRow row = AuditRow.of(id, event, key.number());
    rows.insert(
        row.id(),
        row.happenedAt(),
        row.kind(),
        row.actor(),
        row.operator(),
        row.userId(),
        row.sessionId(),
        row.appId(),
        row.details(),
        row.macKey(),
        AuditProof.ofRow(key.key(), row));
  }
}
