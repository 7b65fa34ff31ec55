package dev.minilogin.domain.merge;

import dev.minilogin.domain.operation.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The accounts that are one person's. They are found by logins ({@code Logins}): a unionid that
 * comes late and belongs to another user is noted here, once for two users, and changes nothing.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked. What was noted of an account goes with it; one that is deleted takes what it
 * absorbed along.
 */
public interface Merges {
  /** How many are shown at the most. */
  int MOST = 500;

  /** Those that were found, merged or undone, the last found first, {@link #MOST} at the most. */
  List<Merge> all();

  /**
   * Makes one account of two, as one atomic unit: the identities of the absorbed account become the
   * kept one's, and the kept one gets what it hasn't ({@link
   * dev.minilogin.domain.user.User#absorbing}), the unionid included. All sessions of both end as
   * revoked, so that each device gets a new token. The audit log says so.
   */
  Outcome merge(UUID id, Actor operator, Instant at);

  /**
   * Makes two accounts of one again, as one atomic unit: the absorbed one is what it was, with its
   * identities; the kept one loses what it took over ({@link
   * dev.minilogin.domain.user.User#releasing}). All sessions of both end as revoked. Identities
   * that came since stay with the kept one. The two are never found again. The audit log says so.
   */
  Outcome undo(UUID id, Actor operator, Instant at);

  /** What came of it. */
  sealed interface Outcome {
    /** It is done. */
    record Done(Merge merge) implements Outcome {}

    /** One of the accounts is suspended; nothing changed: whoever is locked must not get out so. */
    record Suspended() implements Outcome {}

    /**
     * Nothing changed: there is none such, it isn't in the state for this, or the account that
     * would be absorbed has absorbed one itself, or the one that would be released was absorbed
     * since.
     */
    record NotPossible() implements Outcome {}
  }
}
