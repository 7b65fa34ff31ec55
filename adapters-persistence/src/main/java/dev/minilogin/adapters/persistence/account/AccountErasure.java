package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.merge.MergeNotes;
import dev.minilogin.adapters.persistence.review.ReviewChanges;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.account.Accounts.Erasure;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Erases accounts, whoever asks for it, as a part of the transaction that the caller began: the
 * only way in which that is done.
 */
@Singleton
public final class AccountErasure {
  private final ErasureRows rows;
  private final UserChanges users;
  private final ReviewChanges reviews;
  private final MergeNotes merges;
  private final AuditTrail trail;
  private final Hasher hasher;

  AccountErasure(
      ErasureRows rows,
      UserChanges users,
      ReviewChanges reviews,
      MergeNotes merges,
      AuditTrail trail,
      Hasher hasher) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
    this.merges = merges;
    this.trail = trail;
    this.hasher = hasher;
  }

  /** Erases an account because a push says so; where there is none, nothing changes. */
  public void erase(UserId userId, UUID push, Instant at) {
    erase(
        userId,
        true,
        id -> rows.receiptOfPush(id, Binary.of(push), at.toEpochMilli()),
        event(userId, Actor.WECHAT, at).with("push", push));
  }

  /** As {@link dev.minilogin.domain.account.Accounts#erase}. */
  Erasure erase(UserId userId, ErasureRequest request, Instant at) {
    return switch (request) {
      case ErasureRequest.ByUser(AppId appId) ->
          erase(
              userId,
              false,
              id -> rows.receipt(id, "USER", appId.value(), at.toEpochMilli()),
              event(userId, Actor.USER, at).withApp(appId));
      case ErasureRequest.ByOperator(Actor operator) ->
          erase(
              userId,
              true,
              id -> rows.receipt(id, "OPERATOR", null, at.toEpochMilli()),
              event(userId, operator, at));
    };
  }

  private static AuditEvent event(UserId userId, Actor actor, Instant at) {
    return AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, actor, at).withUser(userId);
  }

  private Erasure erase(
      UserId userId, boolean alsoSuspended, Consumer<byte[]> leaveReceipt, AuditEvent deleted) {
    Erasure erasure = users.delete(userId, alsoSuspended, deleted.at());
    if (erasure == Erasure.ERASED) {
      for (UserId absorbed : merges.absorbedBy(userId)) {
        users.deleteAbsorbed(absorbed, deleted.at());
        eraseAllElse(absorbed, deleted.at());
        leaveReceipt.accept(Binary.of(absorbed.value()));
      }
      eraseAllElse(userId, deleted.at());
      leaveReceipt.accept(Binary.of(userId.value()));
      trail.append(deleted);
    }
    return erasure;
  }

  /** After the user: a login that finds the user waits, and then finds none. */
  private void eraseAllElse(UserId userId, Instant at) {
    byte[] id = Binary.of(userId.value());
    rows.people(id).forEach(person -> emptyAllAbout(person, at));
    rows.deleteIdentities(id);
    rows.emptySessions(id);
    reviews.forgetAll(userId);
    merges.forget(userId);
  }

  private void emptyAllAbout(PersonRow person, Instant at) {
    List<byte[]> macs = PersonMacs.of(hasher, person.appId(), person.openid());
    rows.emptyAllAbout(macs.getFirst(), macs.getLast(), at.toEpochMilli());
  }
}
