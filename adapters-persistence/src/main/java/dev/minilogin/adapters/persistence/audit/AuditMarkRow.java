package dev.minilogin.adapters.persistence.audit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code audit_marks}: an end of the chain. */
@MappedEntity("audit_marks")
record AuditMarkRow(@Id String name, long seq, byte[] chain, int markKey, byte[] mac) {
  /** The last link. */
  static final String HEAD = "HEAD";

  /** The last link that was purged. */
  static final String ANCHOR = "ANCHOR";

  @Override
  public String toString() {
    return name + " " + seq;
  }
}
