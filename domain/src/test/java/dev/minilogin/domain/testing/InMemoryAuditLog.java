package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The audit log of an {@link InMemoryStorage}. */
public final class InMemoryAuditLog implements AuditLog {
  private static final Comparator<AuditEntry> BY_TIME =
      Comparator.comparing((AuditEntry entry) -> entry.event().at())
          .thenComparing(entry -> entry.id().toString());

  private final InMemoryStorage storage;

  public InMemoryAuditLog(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public void append(AuditEvent event) {
    storage.inOneStep(
        "adding to the audit log",
        () -> {
          storage.audit(event);
          return event;
        });
  }

  @Override
  public List<AuditEntry> since(Instant since, Optional<AuditEntry> after, int limit) {
    return page(_ -> true, since, after, limit);
  }

  @Override
  public List<AuditEntry> about(UserId user, Instant since, Optional<AuditEntry> after, int limit) {
    return page(event -> event.user().equals(Optional.of(user)), since, after, limit);
  }

  private List<AuditEntry> page(
      Predicate<AuditEvent> wanted, Instant since, Optional<AuditEntry> after, int limit) {
    return storage.inOneStep(
        "reading the audit log",
        () ->
            storage.auditEntries.stream()
                .filter(entry -> wanted.test(entry.event()))
                .filter(entry -> !entry.event().at().isBefore(since))
                .filter(entry -> after.isEmpty() || BY_TIME.compare(entry, after.orElseThrow()) > 0)
                .sorted(BY_TIME)
                .limit(limit)
                .toList());
  }
}
