package dev.minilogin.adapters.persistence.merge;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.revocation.Revocations;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.adapters.persistence.user.UserRow;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.User;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Merges in MySQL. The absorbed user's row keeps what it had; nobody reads it until the merge is
 * undone.
 */
@Singleton
final class MysqlMerges implements Merges {
  private static final Set<String> GONE =
      Set.of(User.Status.DELETED.name(), User.Status.MERGED.name());

  private final MergeRows rows;
  private final UserChanges users;
  private final Revocations revocations;
  private final Storage storage;
  private final AuditTrail audit;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlMerges(
      MergeRows rows,
      UserChanges users,
      Revocations revocations,
      Storage storage,
      AuditTrail audit,
      Sealer sealer,
      Hasher hasher) {
    this.rows = rows;
    this.users = users;
    this.revocations = revocations;
    this.storage = storage;
    this.audit = audit;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  @Override
  public List<Merge> all() {
    return storage.transaction("listing merges", () -> rows.all(Long.MAX_VALUE, MOST)).stream()
        .map(MergeRow::toMerge)
        .toList();
  }

  @Override
  public Outcome merge(UUID id, Actor operator, Instant at) {
    return storage.transaction(
        "merging accounts",
        () ->
            rows.locked(Binary.of(id))
                .filter(merge -> merge.mergedAt() == null)
                .map(merge -> merge(merge, operator, at))
                .orElseGet(Outcome.NotPossible::new));
  }

  private Outcome merge(MergeRow merge, Actor operator, Instant at) {
    Optional<UserRow> kept = living(merge.keptId());
    Optional<UserRow> absorbed = living(merge.absorbedId());
    if (kept.isEmpty() || absorbed.isEmpty() || !rows.absorbedBy(merge.absorbedId()).isEmpty()) {
      return new Outcome.NotPossible();
    }
    User one = kept.get().toUser(sealer);
    User other = absorbed.get().toUser(sealer);
    if (isSuspended(one) || isSuspended(other)) {
      return new Outcome.Suspended();
    }
    boolean unionidMoves = kept.get().unionid() == null && absorbed.get().unionid() != null;
    users.change(other.id(), user -> user.absorbed(at));
    rows.absorb(merge.absorbedId(), unionidMoves, at.toEpochMilli());
    users.change(one.id(), user -> user.absorbing(other, at));
    rows.change(
        merge.keptId(),
        unionidMoves ? absorbed.get().unionid() : kept.get().unionid(),
        at.toEpochMilli());
    if (one.phone().isEmpty()) {
      other.phone().ifPresent(phone -> bind(kept.get(), absorbed.get().phoneTenant(), phone));
    }
    rows.moveIdentities(merge.absorbedId(), merge.keptId());
    rows.merged(merge.id(), at.toEpochMilli(), unionidMoves);
    return done(AuditEvent.Kind.ACCOUNTS_MERGED, merge, operator, at);
  }

  private void bind(UserRow to, String tenant, BoundPhone phone) {
    rows.bindPhone(
        to.id(),
        to.seal(phone.number(), sealer),
        phoneMac(tenant, phone),
        tenant,
        phone.at().toEpochMilli());
  }

  private byte[] phoneMac(String tenant, BoundPhone phone) {
    return hasher.hash("phone " + tenant, phone.number().reveal());
  }

  @Override
  public Outcome undo(UUID id, Actor operator, Instant at) {
    return storage.transaction(
        "undoing a merge",
        () ->
            rows.locked(Binary.of(id))
                .filter(MergeRow::isDone)
                .map(merge -> undo(merge, operator, at))
                .orElseGet(Outcome.NotPossible::new));
  }

  private Outcome undo(MergeRow merge, Actor operator, Instant at) {
    Optional<UserRow> kept = living(merge.keptId());
    Optional<UserRow> absorbed = rows.lockedUser(merge.absorbedId());
    if (kept.isEmpty() || absorbed.isEmpty()) {
      return new Outcome.NotPossible();
    }
    User one = kept.get().toUser(sealer);
    User other = absorbed.get().toUser(sealer);
    if (isSuspended(one)) {
      return new Outcome.Suspended();
    }
    boolean phoneReturns = one.phone().isPresent() && one.phone().equals(other.phone());
    users.change(one.id(), user -> user.releasing(other, at));
    if (phoneReturns) {
      users.unbindPhone(one.id(), at);
    }
    rows.change(
        merge.keptId(), merge.unionidMoved() ? null : kept.get().unionid(), at.toEpochMilli());
    rows.restore(
        merge.absorbedId(),
        merge.unionidMoved() ? kept.get().unionid() : null,
        phoneReturns,
        phoneReturns ? phoneMac(absorbed.get().phoneTenant(), other.phone().orElseThrow()) : null,
        at.toEpochMilli());
    rows.moveIdentitiesBack(merge.absorbedId(), merge.keptId());
    rows.undone(merge.id(), at.toEpochMilli());
    return done(AuditEvent.Kind.MERGE_UNDONE, merge, operator, at);
  }

  private Optional<UserRow> living(byte[] id) {
    return rows.lockedUser(id).filter(row -> !GONE.contains(row.status()));
  }

  private static boolean isSuspended(User user) {
    return user.status() == User.Status.SUSPENDED;
  }

  private Outcome done(AuditEvent.Kind kind, MergeRow row, Actor operator, Instant at) {
    Merge merge = rows.locked(row.id()).orElseThrow().toMerge();
    revocations.of(merge.kept());
    revocations.of(merge.absorbed());
    audit.append(
        AuditEvent.of(kind, operator, at)
            .withUser(merge.kept())
            .with("absorbed", merge.absorbed()));
    return new Outcome.Done(merge);
  }
}
