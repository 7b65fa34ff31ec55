package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.account.AccountErasure;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.review.ReviewChanges;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Lets pushes take effect, as a part of the transaction that the caller began. */
@Singleton
final class PushEffects {
  private final EffectRows rows;
  private final UserChanges users;
  private final ReviewChanges reviews;
  private final AuditTrail audit;
  private final AccountErasure erasure;

  PushEffects(
      EffectRows rows,
      UserChanges users,
      ReviewChanges reviews,
      AuditTrail audit,
      AccountErasure erasure) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
    this.audit = audit;
    this.erasure = erasure;
  }

  /** As {@link dev.minilogin.domain.push.PushInbox#settle}. */
  boolean settle(UUID push, PushEffect effect, Instant at) {
    if (rows.done(Binary.of(push), at.toEpochMilli()) == 0) {
      return false;
    }
    switch (effect) {
      case PushEffect.None() -> {}
      case PushEffect.Forget() -> rows.empty(Binary.of(push));
      case PushEffect.Clean(UserId userId, Instant until) ->
          users
              .change(userId, user -> user.cleaned(until, at))
              .ifPresent(_ -> audit.append(AuditEvents.profileCleaned(userId, push, at)));
      case PushEffect.Erase(
              UserId userId,
              Set<ProfileField> fields,
              boolean phone,
              Instant until) -> {
        boolean known = users.change(userId, user -> user.erased(fields, until, at)).isPresent();
        if (phone) {
          users.erasePhone(userId, until, at);
        }
        if (known) {
          audit.append(AuditEvents.profileErased(userId, fields, phone, push, at));
        }
      }
      case PushEffect.EraseAccount(UserId userId) -> {
        erasure.erase(userId, push, at);
        rows.empty(Binary.of(push));
      }
      case PushEffect.Decide(UUID review, Decision decision) ->
          reviews.decide(review, decision, Actor.WECHAT, at);
    }
    return true;
  }

  /** As {@link dev.minilogin.domain.push.PushInbox#replay}. */
  int replay(AppId appId, Instant since, Instant now) {
    return rows.replay(appId.value(), since.toEpochMilli(), now.toEpochMilli());
  }
}
