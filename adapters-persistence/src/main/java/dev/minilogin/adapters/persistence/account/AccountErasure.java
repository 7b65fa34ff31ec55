package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
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

/**
 * Erases accounts, whoever asks for it, as a part of the transaction that the caller began: the
 * only way in which that is done.
 */
@Singleton
public final class AccountErasure {
  private final ErasureRows rows;
  private final UserChanges users;
  private final ReviewChanges reviews;
  private final AuditTrail trail;
  private final Hasher hasher;

  AccountErasure(
      ErasureRows rows, UserChanges users, ReviewChanges reviews, AuditTrail trail, Hasher hasher) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
    this.trail = trail;
    this.hasher = hasher;
  }

  /** Erases an account because a push says so; where there is none, nothing changes. */
  public void erase(UserId userId, UUID push, Instant at) {
    if (erase(userId, true, at) == Erasure.ERASED) {
      rows.receiptOfPush(Binary.of(userId.value()), Binary.of(push), at.toEpochMilli());
      trail.append(event(userId, Actor.WECHAT, at).with("push", push));
    }
  }

  /** As {@link dev.minilogin.domain.account.Accounts#erase}. */
  Erasure erase(UserId userId, ErasureRequest request, Instant at) {
    byte[] id = Binary.of(userId.value());
    return switch (request) {
      case ErasureRequest.ByUser(AppId appId) -> {
        Erasure erasure = erase(userId, false, at);
        if (erasure == Erasure.ERASED) {
          rows.receipt(id, "USER", appId.value(), at.toEpochMilli());
          trail.append(event(userId, Actor.USER, at).withApp(appId));
        }
        yield erasure;
      }
      case ErasureRequest.ByOperator(Actor operator) -> {
        Erasure erasure = erase(userId, true, at);
        if (erasure == Erasure.ERASED) {
          rows.receipt(id, "OPERATOR", null, at.toEpochMilli());
          trail.append(event(userId, operator, at));
        }
        yield erasure;
      }
    };
  }

  private static AuditEvent event(UserId userId, Actor actor, Instant at) {
    return AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, actor, at).withUser(userId);
  }

  private Erasure erase(UserId userId, boolean alsoSuspended, Instant at) {
    Erasure erasure = users.delete(userId, alsoSuspended, at);
    if (erasure == Erasure.ERASED) {
      eraseAllElse(userId, at);
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
  }

  private void emptyAllAbout(PersonRow person, Instant at) {
    List<byte[]> macs = PersonMacs.of(hasher, person.appId(), person.openid());
    rows.emptyAllAbout(macs.getFirst(), macs.getLast(), at.toEpochMilli());
  }
}
