package dev.minilogin.domain.merge;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The accounts that are one person's. They are found by logins ({@code Logins}): a unionid that
 * comes late and belongs to another user is noted here, once for two users, and changes nothing.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked. A deleted account ends what was noted of it: nothing is kept to undo a merge
 * with.
 */
public interface Merges {
  /** Those that were found or merged, the newest first, 500 at the most. */
  List<Merge> all();

  /**
   * Makes one account of two, as one atomic unit: the identities of the absorbed account become the
   * kept one's, the kept one gets what it hasn't ({@link
   * dev.minilogin.domain.user.User#absorbing}), and what both were is kept, sealed, to undo it. All
   * sessions of both end as revoked, so that each device gets a new token.
   */
  Outcome merge(UUID id, Instant at);

  /**
   * Makes two accounts of one again, as one atomic unit: the absorbed one gets back its identities
   * and what it was; the kept one loses what it took over, unless that was changed since. All
   * sessions of both end as revoked. Identities that came since stay with the kept one. The two are
   * never found again.
   */
  Outcome undo(UUID id, Instant at);

  /** What came of it. */
  sealed interface Outcome {
    /** It is done. */
    record Done(Merge merge) implements Outcome {}

    /** One of the accounts is suspended; nothing changed: whoever is locked must not get out so. */
    record Suspended() implements Outcome {}

    /** There is none such, or it isn't in the state for this; nothing changed. */
    record NotPossible() implements Outcome {}
  }
}
