package dev.minilogin.application.audit;

import dev.minilogin.domain.audit.AuditLog;

/** Links what was added to the audit log to its chain. */
public final class LinkAuditLog {
  private static final int AT_ONCE = 500;

  private final AuditLog auditLog;

  public LinkAuditLog(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /**
   * Links some.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public int execute() {
    return auditLog.link(AT_ONCE);
  }
}
