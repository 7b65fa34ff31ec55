package dev.minilogin.adapters.persistence.audit;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** The head, and the greatest place that an entry has, read at one moment. */
@MappedEntity("audit_marks")
record AuditEndRow(
    @Id String name, long seq, byte[] chain, int markKey, byte[] mac, @Nullable Long lastSeq) {
  AuditMarkRow head() {
    return new AuditMarkRow(name, seq, chain, markKey, mac);
  }

  /** The greatest place; 0 if nothing is linked. */
  long last() {
    return lastSeq == null ? 0 : lastSeq;
  }

  @Override
  public String toString() {
    return head() + " of " + lastSeq;
  }
}
