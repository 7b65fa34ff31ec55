package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit log in MySQL: each row proved by a MAC, and its place by a chain of MACs. */
@Singleton
final class MysqlAuditLog implements AuditLog {
  private final AuditRows rows;
  private final AuditTrail trail;
  private final AuditChain chain;
  private final AuditInspection inspection;
  private final Storage storage;

  MysqlAuditLog(
      AuditRows rows,
      AuditTrail trail,
      AuditChain chain,
      AuditInspection inspection,
      Storage storage) {
    this.rows = rows;
    this.trail = trail;
    this.chain = chain;
    this.inspection = inspection;
    this.storage = storage;
  }

  @Override
  public void append(AuditEvent event) {
    storage.transaction(
        "adding to the audit log",
        () -> {
          trail.append(event);
          return event;
        });
  }

  @Override
  public List<AuditEntry> since(Instant since, Optional<AuditEntry> after, int limit) {
    return entries(
        storage.statement(
            "reading the audit log", () -> rows.since(from(since, after), id(after), limit)));
  }

  @Override
  public List<AuditEntry> about(UserId user, Instant since, Optional<AuditEntry> after, int limit) {
    return entries(
        storage.statement(
            "reading what the audit log says of a user",
            () -> rows.about(Binary.of(user.value()), from(since, after), id(after), limit)));
  }

  @Override
  public int link(int limit) {
    return storage.transaction("linking the audit log", () -> chain.link(limit));
  }

  @Override
  public AuditCheck check(Optional<AuditHead> kept) {
    return inspection.check(kept);
  }

  @Override
  public int purge(Instant before, int limit, Instant at) {
    return storage.transaction("purging the audit log", () -> chain.purge(before, limit, at));
  }

  private static List<AuditEntry> entries(List<AuditRow> rows) {
    return rows.stream().map(AuditRow::toEntry).toList();
  }

  private static long from(Instant since, Optional<AuditEntry> after) {
    return after.map(entry -> entry.event().at()).orElse(since).toEpochMilli();
  }

  /** Before all ids, where there is no page before. */
  private static byte[] id(Optional<AuditEntry> after) {
    return after.map(entry -> Binary.of(entry.id())).orElseGet(() -> new byte[16]);
  }
}
