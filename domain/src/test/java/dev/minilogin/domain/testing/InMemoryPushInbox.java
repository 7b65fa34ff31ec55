package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.testing.InMemoryStorage.Accepted;
import dev.minilogin.domain.testing.InMemoryStorage.Delivery;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pushes of an {@link InMemoryStorage}. Nothing purges them. */
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
          if (!storage.deliveries.add(new Delivery(push.appId(), push.event().identity()))) {
            return false;
          }
          storage.pushesById.put(push.id(), new Accepted(push, push.receivedAt(), false));
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
                  .filter(accepted -> !accepted.done() && !accepted.nextTryAt().isAfter(now))
                  .map(Accepted::push)
                  .sorted(Comparator.comparing(Push::receivedAt))
                  .limit(limit)
                  .toList();
          due.forEach(
              push ->
                  storage.pushesById.put(
                      push.id(), new Accepted(triedAgain(push), retryAt, false)));
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
                storage.pushesById.put(
                    id, new Accepted(accepted.push(), accepted.nextTryAt(), true));
                apply(id, effect, at);
              });
          return waiting.isPresent();
        });
  }

  private void apply(UUID push, PushEffect effect, Instant at) {
    switch (effect) {
      case PushEffect.None() -> {}
      case PushEffect.Clean(UserId userId) -> storage.change(userId, user -> user.cleaned(at));
      case PushEffect.Erase(UserId userId, Set<ProfileField> fields, boolean phone) ->
          erase(userId, fields, phone, at);
      case PushEffect.EraseAccount(UserId userId) -> {
        storage.erase(userId, at);
        storage.pushesById.remove(push);
      }
      case PushEffect.Decide(UUID review, Decision decision) ->
          storage.contentReviews().decideInStep(review, decision, at);
    }
  }

  private void erase(UserId userId, Set<ProfileField> fields, boolean phone, Instant at) {
    fields.forEach(field -> storage.forgetReviews(userId, field));
    if (phone) {
      storage.forgetPhone(userId);
    }
    storage.change(
        userId,
        user -> {
          User erased = user.changed(clearing(fields), Profile.Source.WECHAT, at);
          return phone ? erased.withPhone(Optional.empty(), at) : erased;
        });
  }

  private static ProfileChange clearing(Set<ProfileField> fields) {
    return new ProfileChange(
        fields.stream().collect(Collectors.toMap(Function.identity(), _ -> Optional.empty())));
  }

  @Override
  public boolean putOff(UUID id, Instant retryAt) {
    return storage.inOneStep(
        "putting a push off",
        () -> {
          Optional<Accepted> waiting = waiting(id);
          waiting.ifPresent(
              accepted ->
                  storage.pushesById.put(id, new Accepted(accepted.push(), retryAt, false)));
          return waiting.isPresent();
        });
  }

  private Optional<Accepted> waiting(UUID id) {
    return Optional.ofNullable(storage.pushesById.get(id)).filter(accepted -> !accepted.done());
  }

  @Override
  public int replay(AppId appId, Instant since, Instant now) {
    return storage.inOneStep(
        "replaying pushes",
        () -> {
          List<Push> again =
              storage.pushesById.values().stream()
                  .filter(Accepted::done)
                  .map(Accepted::push)
                  .filter(push -> push.appId().equals(appId))
                  .filter(push -> !push.receivedAt().isBefore(since))
                  .toList();
          again.forEach(push -> storage.pushesById.put(push.id(), new Accepted(push, now, false)));
          return again.size();
        });
  }
}
