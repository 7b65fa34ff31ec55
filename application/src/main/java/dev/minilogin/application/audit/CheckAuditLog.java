package dev.minilogin.application.audit;

import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.operation.Actor;
import java.time.InstantSource;
import java.util.Optional;

/** Finds out, for an operator, whether the audit log is as it was written. */
public final class CheckAuditLog {
  private final AuditLog auditLog;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public CheckAuditLog(AuditLog auditLog, InstantSource clock) {
    this.auditLog = auditLog;
    this.clock = clock;
  }

  /**
   * Checks the whole log, and leaves in it that and how it was checked.
   *
   * @param kept the head of an earlier check that was kept elsewhere, to be found again
   * @param by who asks for it
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be read
   */
  public AuditCheck execute(Optional<AuditHead> kept, Actor by) {
    AuditCheck check = auditLog.check(kept);
    auditLog.append(AuditEvents.checked(check, by, clock.instant()));
    return check;
  }
}
