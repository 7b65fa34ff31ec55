package dev.minilogin.domain.merge;

import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Two accounts that are one person's, as WeChat says: both were made before their mini programs had
 * one Open Platform account, and now they have the same unionid.
 *
 * @param id names it
 * @param kept the older account, which goes on
 * @param absorbed the other one
 * @param foundAt when a login showed it
 * @param mergedAt when they became one; empty if they didn't yet
 * @param undoneAt when they became two again, for good
 */
public record Merge(
    UUID id,
    UserId kept,
    UserId absorbed,
    Instant foundAt,
    Optional<Instant> mergedAt,
    Optional<Instant> undoneAt) {
  public Merge {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(absorbed, "absorbed");
    Objects.requireNonNull(foundAt, "foundAt");
    Objects.requireNonNull(mergedAt, "mergedAt");
    Objects.requireNonNull(undoneAt, "undoneAt");
  }

  /**
   * Two accounts that a login shows to be one person's: the one that was made first is kept.
   *
   * @param id a UUID version 7, made by us
   */
  public static Merge found(UUID id, User one, User other, Instant at) {
    boolean oneIsOlder =
        Comparator.comparing(User::createdAt)
                .thenComparing(user -> user.id().value())
                .compare(one, other)
            < 0;
    return new Merge(
        id,
        oneIsOlder ? one.id() : other.id(),
        oneIsOlder ? other.id() : one.id(),
        at,
        Optional.empty(),
        Optional.empty());
  }
}
