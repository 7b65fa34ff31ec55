package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.audit.AuditEvents;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the chain longer at its end and shorter at its beginning, as a part of the transaction that
 * the caller began. Whoever does so has locked that end; it is let go with the transaction, also
 * where the instance died. Nobody who adds an entry waits for it.
 */
@Singleton
final class AuditChain {
  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);

  private final AuditTrailRows rows;
  private final AuditMarks marks;
  private final AuditTrail trail;
  private final AuditKeys keys;
  private volatile boolean toldOfLostKey;

  AuditChain(AuditTrailRows rows, AuditMarks marks, AuditTrail trail, AuditKeys keys) {
    this.rows = rows;
    this.marks = marks;
    this.trail = trail;
    this.keys = keys;
  }

  /** As {@link dev.minilogin.domain.audit.AuditLog#link}. */
  int link(int limit) {
    Optional<AuditMarkRow> head = marks.locked(AuditMarkRow.HEAD);
    List<AuditRow> unlinked = head.isEmpty() ? List.of() : rows.unlinked(limit);
    if (unlinked.isEmpty()) {
      return 0;
    }
    if (marks.isLocked(head.get())) {
      if (!toldOfLostKey) {
        toldOfLostKey = true;
        LOG.error(
            "the audit log's key {} can't be opened, so that this instance links nothing to what"
                + " was written under it: is MINI_LOGIN_KEYS_FILE the key ring of this database?",
            head.get().markKey());
      }
      return 0;
    }
    long last = marks.end().map(AuditEndRow::last).orElse(0L);
    long seq = Math.max(head.get().seq(), last);
    byte[] chain = head.get().chain();
    if (last > head.get().seq() || !marks.isProved(head.get())) {
      // A chain that goes on from here would hide what was done to its end.
      LOG.error("the end of the audit log was edited; its chain begins anew after {}", seq);
      chain = AuditProof.beginning();
    }
    AuditKeys.Key key = keys.current();
    for (AuditRow row : unlinked) {
      seq++;
      chain = AuditProof.ofLink(key.key(), chain, seq, row.mac());
      if (rows.link(row.id(), seq, key.number(), chain) == 0) {
        throw new Storage.LostRace("an audit entry was linked meanwhile");
      }
    }
    marks.move(head.get(), seq, chain);
    return unlinked.size();
  }

  /** As {@link dev.minilogin.domain.audit.AuditLog#purge}. */
  int purge(Instant before, int limit, Instant at) {
    Optional<AuditMarkRow> anchor = marks.locked(AuditMarkRow.ANCHOR);
    List<AuditRow> old =
        anchor.map(mark -> rows.linked(mark.seq(), limit)).orElseGet(List::of).stream()
            .takeWhile(row -> row.happenedAt() < before.toEpochMilli())
            .toList();
    if (old.isEmpty()) {
      return 0;
    }
    AuditWalk walk = new AuditWalk(keys, anchor.get().seq(), anchor.get().chain());
    boolean intact = marks.isProved(anchor.get()) && old.stream().allMatch(walk::step);
    if (!intact) {
      LOG.error("the part of the audit log that is purged was edited: {}", walk.flaw());
    }
    AuditRow last = old.getLast();
    marks.move(
        anchor.get(), last.seq(), last.chain() == null ? AuditProof.beginning() : last.chain());
    rows.purge(anchor.get().seq() + 1, last.seq());
    trail.append(AuditEvents.purged(anchor.get().seq() + 1, last.seq(), intact, at));
    return old.size();
  }
}
