package dev.minilogin.adapters.persistence.merge;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Notes which accounts are one person's, as a part of the transaction that the caller began. */
@Singleton
public final class MergeNotes {
  private final MergeRows rows;
  private final Sealer sealer;
  private final SecureRandom random;

  MergeNotes(MergeRows rows, Sealer sealer, SecureRandom random) {
    this.rows = rows;
    this.sealer = sealer;
    this.random = random;
  }

  /** If another user has that unionid, notes that the two are one person. Once for two users. */
  public void foundIfAnothers(User user, String unionid, Instant at) {
    rows.userOf(unionid)
        .map(row -> row.toUser(sealer))
        .filter(owner -> !owner.id().equals(user.id()))
        .map(owner -> Merge.found(TimeOrderedId.make(at, random), user, owner, at))
        .ifPresent(
            merge ->
                rows.found(
                    Binary.of(merge.id()),
                    Binary.of(merge.kept().value()),
                    Binary.of(merge.absorbed().value()),
                    at.toEpochMilli()));
  }

  /** The accounts that are part of this one. */
  public List<UserId> absorbedBy(UserId kept) {
    return rows.absorbedBy(Binary.of(kept.value())).stream()
        .map(row -> new UserId(Binary.uuid(row.absorbedId())))
        .toList();
  }

  /** Forgets whom an account is one with. */
  public void forget(UserId user) {
    rows.forgetKept(Binary.of(user.value()));
    rows.forgetAbsorbed(Binary.of(user.value()));
  }
}
