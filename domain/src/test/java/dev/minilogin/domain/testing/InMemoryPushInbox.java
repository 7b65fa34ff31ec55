package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.testing.InMemoryStorage.Accepted;
import dev.minilogin.domain.testing.InMemoryStorage.Delivery;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The pushes of an {@link InMemoryStorage}. */
public final class InMemoryPushInbox implements PushInbox {
  private final InMemoryStorage storage;

  public InMemoryPushInbox(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public boolean accept(Push push) {
    return storage.inOneStep(
        "accepting a push",
        () -> {
          if (!storage.deliveries.add(Delivery.of(push))) {
            return false;
          }
          storage.pushesById.put(push.id(), Accepted.waiting(push, push.receivedAt()));
          return true;
        });
  }

  @Override
  public List<Push> claim(Instant now, Instant retryAt, int limit) {
    return storage.inOneStep(
        "taking pushes up",
        () -> {
          List<Push> due =
              storage.pushesById.values().stream()
                  .filter(accepted -> !accepted.isDone() && !accepted.nextTryAt().isAfter(now))
                  .map(Accepted::push)
                  .sorted(Comparator.comparing(Push::receivedAt))
                  .limit(limit)
                  .toList();
          due.forEach(
              push ->
                  storage.pushesById.put(push.id(), Accepted.waiting(triedAgain(push), retryAt)));
          return due;
        });
  }

  private static Push triedAgain(Push push) {
    return new Push(push.id(), push.appId(), push.event(), push.receivedAt(), push.tries() + 1);
  }

  @Override
  public boolean settle(UUID id, PushEffect effect, Instant at) {
    return storage.inOneStep(
        "letting a push take effect",
        () -> {
          Optional<Accepted> waiting = waiting(id);
          waiting.ifPresent(
              accepted -> {
                storage.pushesById.put(id, accepted.handled(at));
                apply(id, effect, at);
              });
          return waiting.isPresent();
        });
  }

  private void apply(UUID push, PushEffect effect, Instant at) {
    switch (effect) {
      case PushEffect.None() -> {}
      case PushEffect.Forget() -> storage.empty(push, at);
      case PushEffect.Clean(UserId userId, Instant until) ->
          storage
              .change(userId, user -> user.cleaned(until, at))
              .ifPresent(_ -> storage.audit(AuditEvents.profileCleaned(userId, push, at)));
      case PushEffect.Erase(
              UserId userId,
              Set<ProfileField> fields,
              boolean phone,
              Instant until) -> {
        boolean known = storage.change(userId, user -> user.erased(fields, until, at)).isPresent();
        if (phone) {
          erasePhone(userId, until, at);
        }
        if (known) {
          storage.audit(AuditEvents.profileErased(userId, fields, phone, push, at));
        }
      }
      case PushEffect.EraseAccount(UserId userId) -> {
        storage.erase(
            userId,
            AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, Actor.WECHAT, at)
                .withUser(userId)
                .with("push", push));
        storage.empty(push, at);
      }
      case PushEffect.Decide(UUID review, Decision decision) ->
          storage.contentReviews().decideInStep(review, decision, Actor.WECHAT, at);
    }
  }

  private void erasePhone(UserId userId, Instant until, Instant at) {
    storage.change(
        userId,
        user -> {
          if (user.phone().filter(phone -> phone.at().isAfter(until)).isPresent()) {
            return user;
          }
          storage.forgetPhone(userId);
          return user.withPhone(Optional.empty(), at);
        });
  }

  @Override
  public boolean putOff(UUID id, Instant retryAt) {
    return storage.inOneStep(
        "putting a push off",
        () -> {
          Optional<Accepted> waiting = waiting(id);
          waiting.ifPresent(
              accepted -> storage.pushesById.put(id, Accepted.waiting(accepted.push(), retryAt)));
          return waiting.isPresent();
        });
  }

  private Optional<Accepted> waiting(UUID id) {
    return Optional.ofNullable(storage.pushesById.get(id)).filter(accepted -> !accepted.isDone());
  }

  @Override
  public int replay(AppId appId, Instant since, Instant now, Actor by) {
    return storage.inOneStep(
        "replaying pushes",
        () -> {
          List<Push> again =
              storage.pushesById.values().stream()
                  .filter(Accepted::isDone)
                  .map(Accepted::push)
                  .filter(push -> push.appId().equals(appId))
                  .filter(push -> !push.receivedAt().isBefore(since))
                  .toList();
          again.forEach(push -> storage.pushesById.put(push.id(), Accepted.waiting(push, now)));
          storage.audit(AuditEvents.pushesReplayed(appId, since, again.size(), by, now));
          return again.size();
        });
  }

  @Override
  public int forget(Instant handledBefore, int limit) {
    return storage.inOneStep(
        "forgetting what pushes say",
        () -> {
          List<UUID> forgotten =
              storage.pushesById.values().stream()
                  .filter(
                      accepted -> accepted.handledAt().filter(handledBefore::isAfter).isPresent())
                  .sorted(Comparator.comparing(accepted -> accepted.handledAt().orElseThrow()))
                  .limit(limit)
                  .map(accepted -> accepted.push().id())
                  .toList();
          forgotten.forEach(push -> storage.empty(push, handledBefore));
          return forgotten.size();
        });
  }
}
