package dev.minilogin.adapters.persistence.audit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code audit_keys}. */
@MappedEntity("audit_keys")
record AuditKeyRow(@Id int number, byte[] sealedKey) {
  /** What a key is sealed for. */
  static String place(int number) {
    return "audit key " + number;
  }
}
