package dev.minilogin.domain.audit;

import java.util.Objects;
import java.util.UUID;

/**
 * An event as the log keeps it.
 *
 * @param id a UUID version 7 of the event's time
 */
public record AuditEntry(UUID id, AuditEvent event) {
  public AuditEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(event, "event");
  }
}
