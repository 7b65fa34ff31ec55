package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.UnionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The merges of an {@link InMemoryStorage}. */
public final class InMemoryMerges implements Merges {
  /**
   * A merge that was found, and what undoing it needs.
   *
   * @param people whose identities were the absorbed account's
   * @param unionId what came to the kept account with them
   */
  record Noted(Merge merge, Set<InMemoryStorage.Person> people, Optional<UnionId> unionId) {
    static Noted found(Merge merge) {
      return new Noted(merge, Set.of(), Optional.empty());
    }

    boolean isAbout(UserId user) {
      return merge.kept().equals(user) || merge.absorbed().equals(user);
    }

    boolean isDone() {
      return merge.mergedAt().isPresent() && merge.undoneAt().isEmpty();
    }
  }

  private final InMemoryStorage storage;

  public InMemoryMerges(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public List<Merge> all() {
    return storage.inOneStep(
        "listing merges",
        () ->
            storage.mergesById.values().stream()
                .map(Noted::merge)
                .sorted(Comparator.comparing(Merge::foundAt).reversed())
                .limit(MOST)
                .toList());
  }

  @Override
  public Outcome merge(UUID id, Actor operator, Instant at) {
    return storage.inOneStep("merging accounts", () -> mergeInStep(id, operator, at));
  }

  private Outcome mergeInStep(UUID id, Actor operator, Instant at) {
    Noted noted = storage.mergesById.get(id);
    if (noted == null || noted.merge().mergedAt().isPresent()) {
      return new Outcome.NotPossible();
    }
    UserId keptId = noted.merge().kept();
    UserId absorbedId = noted.merge().absorbed();
    Optional<User> kept = storage.present(keptId);
    Optional<User> absorbed = storage.present(absorbedId);
    boolean nested =
        storage.mergesById.values().stream()
            .anyMatch(other -> other.isDone() && other.merge().kept().equals(absorbedId));
    if (kept.isEmpty() || absorbed.isEmpty() || nested) {
      return new Outcome.NotPossible();
    }
    if (isSuspended(kept.get()) || isSuspended(absorbed.get())) {
      return new Outcome.Suspended();
    }
    Set<InMemoryStorage.Person> people = new HashSet<>();
    storage.vouchedByPerson.replaceAll(
        (person, vouched) -> {
          boolean moves = vouched.userId().equals(absorbedId);
          if (moves) {
            people.add(person);
          }
          return moves ? vouched.of(keptId) : vouched;
        });
    Optional<UnionId> unionId = move(absorbedId, keptId);
    User after = kept.get().absorbing(absorbed.get(), at);
    storage.change(keptId, _ -> after);
    storage.change(absorbedId, user -> user.absorbed(at));
    movePhone(absorbedId, keptId, kept.get().phone().isEmpty());
    Merge merge =
        new Merge(
            id, keptId, absorbedId, noted.merge().foundAt(), Optional.of(at), Optional.empty());
    storage.mergesById.put(id, new Noted(merge, people, unionId));
    note(AuditEvent.Kind.ACCOUNTS_MERGED, operator, merge, at);
    return new Outcome.Done(merge);
  }

  private static boolean isSuspended(User user) {
    return user.status() == User.Status.SUSPENDED;
  }

  private Optional<UnionId> move(UserId from, UserId to) {
    if (storage.usersByUnionId.containsValue(to)) {
      return Optional.empty();
    }
    Optional<UnionId> unionId =
        storage.usersByUnionId.entrySet().stream()
            .filter(entry -> entry.getValue().equals(from))
            .map(Map.Entry::getKey)
            .findFirst();
    unionId.ifPresent(known -> storage.usersByUnionId.put(known, to));
    return unionId;
  }

  /** A number that stays with nobody who is seen is anybody's. */
  private void movePhone(UserId from, UserId to, boolean taken) {
    storage.usersByPhone.entrySet().removeIf(entry -> !taken && entry.getValue().equals(from));
    storage.usersByPhone.replaceAll((_, user) -> user.equals(from) ? to : user);
  }

  @Override
  public Outcome undo(UUID id, Actor operator, Instant at) {
    return storage.inOneStep("undoing a merge", () -> undoInStep(id, operator, at));
  }

  private Outcome undoInStep(UUID id, Actor operator, Instant at) {
    Noted noted = storage.mergesById.get(id);
    if (noted == null || !noted.isDone()) {
      return new Outcome.NotPossible();
    }
    UserId keptId = noted.merge().kept();
    UserId absorbedId = noted.merge().absorbed();
    Optional<User> kept = storage.present(keptId);
    if (kept.isEmpty()) {
      return new Outcome.NotPossible();
    }
    if (isSuspended(kept.get())) {
      return new Outcome.Suspended();
    }
    User absorbed = storage.usersById.get(absorbedId);
    boolean phoneTaken =
        kept.get().phone().isPresent() && kept.get().phone().equals(absorbed.phone());
    storage.change(keptId, user -> user.releasing(absorbed, at));
    storage.usersById.put(absorbedId, absorbed.restored(phoneTaken, at));
    if (phoneTaken) {
      storage.usersByPhone.replaceAll((_, user) -> user.equals(keptId) ? absorbedId : user);
    }
    noted
        .people()
        .forEach(
            person ->
                storage.vouchedByPerson.computeIfPresent(
                    person, (_, vouched) -> vouched.of(absorbedId)));
    noted.unionId().ifPresent(unionId -> storage.usersByUnionId.put(unionId, absorbedId));
    Merge merge =
        new Merge(
            id,
            keptId,
            absorbedId,
            noted.merge().foundAt(),
            noted.merge().mergedAt(),
            Optional.of(at));
    storage.mergesById.put(id, Noted.found(merge));
    note(AuditEvent.Kind.MERGE_UNDONE, operator, merge, at);
    return new Outcome.Done(merge);
  }

  private void note(AuditEvent.Kind kind, Actor operator, Merge merge, Instant at) {
    storage.audit(
        AuditEvent.of(kind, operator, at)
            .withUser(merge.kept())
            .with("absorbed", merge.absorbed()));
  }
}
