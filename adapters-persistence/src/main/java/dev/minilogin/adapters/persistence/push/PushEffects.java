package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.review.ReviewChanges;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets pushes take effect, as a part of the transaction that the caller began. */
@Singleton
final class PushEffects {
  private final EffectRows rows;
  private final UserChanges users;
  private final ReviewChanges reviews;

  PushEffects(EffectRows rows, UserChanges users, ReviewChanges reviews) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
  }

  /** As {@link dev.minilogin.domain.push.PushInbox#settle}. */
  boolean settle(UUID push, PushEffect effect, Instant at) {
    if (rows.done(Binary.of(push), at.toEpochMilli()) == 0) {
      return false;
    }
    switch (effect) {
      case PushEffect.None() -> {}
      case PushEffect.Clean(UserId userId) -> users.change(userId, user -> user.cleaned(at));
      case PushEffect.Erase(UserId userId, Set<ProfileField> fields, boolean phone) ->
          erase(userId, fields, phone, at);
      case PushEffect.EraseAccount(UserId userId) -> eraseAccount(push, userId, at);
      case PushEffect.Decide(UUID review, Decision decision) ->
          reviews.decide(review, decision, at);
    }
    return true;
  }

  private void erase(UserId userId, Set<ProfileField> fields, boolean phone, Instant at) {
    ProfileChange clearing =
        new ProfileChange(
            fields.stream().collect(Collectors.toMap(Function.identity(), _ -> Optional.empty())));
    users.change(userId, user -> user.changed(clearing, Profile.Source.WECHAT, at));
    if (phone) {
      users.unbindPhone(userId, at);
    }
    reviews.forget(userId, fields);
  }

  /** The user first: a login that finds it waits, and then finds none. */
  private void eraseAccount(UUID push, UserId userId, Instant at) {
    byte[] id = Binary.of(userId.value());
    if (users.delete(userId, at)) {
      rows.deleteIdentities(id);
      rows.emptySessions(id);
      reviews.forgetAll(userId);
      rows.receipt(id, Binary.of(push), at.toEpochMilli());
    }
    rows.empty(Binary.of(push));
  }
}
