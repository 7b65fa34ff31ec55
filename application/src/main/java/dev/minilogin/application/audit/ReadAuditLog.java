package dev.minilogin.application.audit;

import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads, for an operator, what happened. */
public final class ReadAuditLog {
  /** The greatest number of entries at once. */
  public static final int MOST = 1000;

  private final AuditLog auditLog;

  public ReadAuditLog(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /**
   * The oldest entries of those that are asked for, {@link #MOST} at most.
   *
   * @param user only those about this user
   * @param since of that time or later
   * @throws dev.minilogin.domain.failure.StorageUnavailable if they can't be read
   */
  public List<AuditEntry> execute(Optional<UserId> user, Instant since) {
    return user.isPresent()
        ? auditLog.about(user.get(), since, Optional.empty(), MOST)
        : auditLog.since(since, Optional.empty(), MOST);
  }
}
