package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.account.AccountErasure;
import dev.minilogin.adapters.persistence.review.ReviewChanges;
import dev.minilogin.adapters.persistence.user.UserChanges;
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
  private final AccountErasure erasure;

  PushEffects(EffectRows rows, UserChanges users, ReviewChanges reviews, AccountErasure erasure) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
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
          users.change(userId, user -> user.cleaned(until, at));
      case PushEffect.Erase(
              UserId userId,
              Set<ProfileField> fields,
              boolean phone,
              Instant until) -> {
        users.change(userId, user -> user.erased(fields, until, at));
        if (phone) {
          users.erasePhone(userId, until, at);
        }
      }
      case PushEffect.EraseAccount(UserId userId) -> {
        erasure.erase(userId, push, at);
        rows.empty(Binary.of(push));
      }
      case PushEffect.Decide(UUID review, Decision decision) ->
          reviews.decide(review, decision, at);
    }
    return true;
  }
}
