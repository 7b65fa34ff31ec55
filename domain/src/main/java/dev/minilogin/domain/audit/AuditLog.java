package dev.minilogin.domain.audit;

import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened here, shared by all instances.
 *
 * <p>What a port changes and what the log says of it are one atomic unit: the methods of the other
 * ports leave their events themselves, and their contracts say which. {@link #append} is for what
 * no other port does.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked.
 */
public interface AuditLog {
  /** Adds an event. It is kept when this returns. */
  void append(AuditEvent event);

  /**
   * Events by their time, the oldest first.
   *
   * @param since of that time or later
   * @param after the last entry of the page before; empty for the first page
   * @param limit at most so many
   */
  List<AuditEntry> since(Instant since, Optional<AuditEntry> after, int limit);

  /** As {@link #since}, only those about a user. */
  List<AuditEntry> about(UserId user, Instant since, Optional<AuditEntry> after, int limit);
}
