package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.review.ReviewChanges;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Lets pushes take effect, as a part of the transaction that the caller began. */
@Singleton
final class PushEffects {
  private final EffectRows rows;
  private final UserChanges users;
  private final ReviewChanges reviews;
  private final Hasher hasher;

  PushEffects(EffectRows rows, UserChanges users, ReviewChanges reviews, Hasher hasher) {
    this.rows = rows;
    this.users = users;
    this.reviews = reviews;
    this.hasher = hasher;
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
      case PushEffect.EraseAccount(UserId userId) -> eraseAccount(push, userId, at);
      case PushEffect.Decide(UUID review, Decision decision) ->
          reviews.decide(review, decision, at);
    }
    return true;
  }

  /** The user first: a login that finds it waits, and then finds none. */
  private void eraseAccount(UUID push, UserId userId, Instant at) {
    byte[] id = Binary.of(userId.value());
    if (users.delete(userId, at)) {
      rows.people(id).forEach(person -> emptyAllAbout(person, at));
      rows.deleteIdentities(id);
      rows.emptySessions(id);
      reviews.forgetAll(userId);
      rows.receipt(id, Binary.of(push), at.toEpochMilli());
    }
    rows.empty(Binary.of(push));
  }

  private void emptyAllAbout(PersonRow person, Instant at) {
    List<byte[]> macs = PersonMacs.of(hasher, person.appId(), person.openid());
    rows.emptyAllAbout(macs.getFirst(), macs.getLast(), at.toEpochMilli());
  }
}
