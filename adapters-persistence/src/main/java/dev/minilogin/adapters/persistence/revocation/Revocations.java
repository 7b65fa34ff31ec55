package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Tells all instances that what they remember of a user's sessions is over, as a part of the
 * transaction that the caller began: whatever ends a session before its time, or changes whether a
 * user may have any, calls this.
 */
@Singleton
public final class Revocations {
  private final RevocationWriteRows rows;
  private final RevocationFeed feed;
  private final Storage storage;
  private final InstantSource clock;
  private final SecureRandom random;

  Revocations(
      RevocationWriteRows rows,
      RevocationFeed feed,
      Storage storage,
      InstantSource clock,
      SecureRandom random) {
    this.rows = rows;
    this.feed = feed;
    this.storage = storage;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Call it late in the transaction: the others look back for {@link RevocationFeed#OVERLAP} only,
   * counted from this statement, and see it once it is committed.
   */
  public void of(UserId user) {
    rows.insert(Binary.of(TimeOrderedId.make(clock.instant(), random)), Binary.of(user.value()));
    storage.afterCommit(() -> feed.note(user));
  }
}
