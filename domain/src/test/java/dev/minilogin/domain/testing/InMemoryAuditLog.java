package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.identifier.Sha256;
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

  @Override
  public int link(int limit) {
    return storage.inOneStep(
        "linking the audit log",
        () -> {
          int count = Math.min(limit, storage.auditEntries.size() - storage.auditLinked);
          storage.auditLinked += count;
          return count;
        });
  }

  /** Nobody can change what is kept here. */
  @Override
  public AuditCheck check(Optional<AuditHead> kept) {
    return storage.inOneStep(
        "checking the audit log",
        () -> {
          AuditHead head = storage.auditAnchor;
          Optional<Flaw> flaw = flaw(head, kept);
          for (AuditEntry entry : storage.auditEntries.subList(0, storage.auditLinked)) {
            head = next(head, entry);
            flaw = flaw.isPresent() ? flaw : flaw(head, kept);
          }
          if (kept.isPresent() && kept.get().seq() > head.seq()) {
            flaw = Optional.of(new Flaw(head.seq() + 1, Optional.empty(), Flaw.Kind.MISSING));
          }
          return new AuditCheck(
              storage.auditLinked, storage.auditEntries.size() - storage.auditLinked, head, flaw);
        });
  }

  private static AuditHead next(AuditHead before, AuditEntry entry) {
    long seq = before.seq() + 1;
    return new AuditHead(seq, Sha256.hex(before.chain() + seq + entry));
  }

  private static Optional<Flaw> flaw(AuditHead head, Optional<AuditHead> kept) {
    return kept.filter(then -> then.seq() == head.seq() && !then.equals(head))
        .map(then -> new Flaw(then.seq(), Optional.empty(), Flaw.Kind.REPLACED));
  }

  @Override
  public int purge(Instant before, int limit, Instant at) {
    return storage.inOneStep(
        "purging the audit log",
        () -> {
          int count = 0;
          long from = storage.auditAnchor.seq() + 1;
          while (count < limit
              && storage.auditLinked > 0
              && storage.auditEntries.getFirst().event().at().isBefore(before)) {
            storage.auditAnchor = next(storage.auditAnchor, storage.auditEntries.removeFirst());
            storage.auditLinked--;
            count++;
          }
          if (count > 0) {
            storage.audit(AuditEvents.purged(from, storage.auditAnchor.seq(), true, at));
          }
          return count;
        });
  }
}
