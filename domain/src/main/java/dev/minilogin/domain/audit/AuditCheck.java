package dev.minilogin.domain.audit;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of checking the log.
 *
 * @param linked how many entries were found in their places, up to the flaw if there is one
 * @param unlinked how many entries wait to be linked; all of them were made by this server unless a
 *     flaw says otherwise
 * @param head the end of the chain
 * @param flaw the first one that was found
 */
public record AuditCheck(long linked, long unlinked, AuditHead head, Optional<Flaw> flaw) {
  public AuditCheck {
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(flaw, "flaw");
  }

  /**
   * What is wrong at a place.
   *
   * @param seq the place in the chain; 0 of an entry that isn't linked
   * @param entry the entry that stands there, if one does
   */
  public record Flaw(long seq, Optional<UUID> entry, Kind kind) {
    /** What can be wrong. */
    public enum Kind {
      /** The entry doesn't say what was written. */
      EDITED,
      /** There is no entry at this place. */
      MISSING,
      /** The entry was written here, but its place in the chain is another one, or none. */
      MISPLACED,
      /** The entry stands after the end of the chain. */
      ADDED,
      /** The key that proves it is gone, or can't be opened here. */
      UNPROVABLE,
      /** The log doesn't say rightly where the chain begins or ends. */
      END_EDITED,
      /** The chain has another value at this place than when its head was kept. */
      REPLACED
    }

    public Flaw {
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(kind, "kind");
    }
  }
}
