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

  /**
   * Links entries that aren't linked yet to the end of the chain, those with the lowest ids first:
   * from then on it shows if one is changed, moved or deleted. One caller at a time does so, on all
   * instances; the others are told 0.
   *
   * @param limit at most so many
   * @return how many; as many as the limit: there may be more
   */
  int link(int limit);

  /**
   * Checks every entry and its place in the chain. Entries may be added, linked and purged
   * meanwhile.
   *
   * @param kept a head that was kept elsewhere, to be found again; one that was purged meanwhile
   *     can't be
   */
  AuditCheck check(Optional<AuditHead> kept);

  /**
   * Deletes the oldest part of the chain, up to the first entry that is not so old, and leaves
   * {@code AUDIT_PURGED}: the rest can be checked as before. One caller at a time does so, on all
   * instances; the others are told 0.
   *
   * @param before older than that
   * @param limit at most so many
   * @param at when, for what is left
   * @return how many were deleted
   */
  int purge(Instant before, int limit, Instant at);
}
