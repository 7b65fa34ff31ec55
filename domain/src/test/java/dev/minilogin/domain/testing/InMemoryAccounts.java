package dev.minilogin.domain.testing;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.testing.InMemoryStorage.Open;
import dev.minilogin.domain.testing.InMemoryStorage.Person;
import dev.minilogin.domain.testing.InMemoryStorage.Vouched;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.UnionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The accounts of an {@link InMemoryStorage}. */
public final class InMemoryAccounts implements Accounts {
  private final InMemoryStorage storage;

  public InMemoryAccounts(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Erasure erase(UserId id, ErasureRequest request, Instant at) {
    return storage.inOneStep("erasing an account", () -> eraseInStep(id, request, at));
  }

  private Erasure eraseInStep(UserId id, ErasureRequest request, Instant at) {
    Optional<User> user = storage.present(id);
    if (user.isEmpty()) {
      return Erasure.NO_ACCOUNT;
    }
    if (request instanceof ErasureRequest.ByUser && user.get().status() == User.Status.SUSPENDED) {
      return Erasure.SUSPENDED;
    }
    AuditEvent deleted =
        switch (request) {
          case ErasureRequest.ByUser(AppId appId) -> event(id, Actor.USER, at).withApp(appId);
          case ErasureRequest.ByOperator(Actor operator) -> event(id, operator, at);
        };
    storage.erase(id, deleted);
    return Erasure.ERASED;
  }

  private static AuditEvent event(UserId id, Actor actor, Instant at) {
    return AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, actor, at).withUser(id);
  }

  @Override
  public boolean suspend(UserId id, Actor by, Instant at) {
    return storage.inOneStep(
        "suspending a user",
        () ->
            changeStatus(
                id,
                user -> user.suspended(at),
                AuditEvent.of(AuditEvent.Kind.USER_SUSPENDED, by, at)));
  }

  @Override
  public boolean reinstate(UserId id, Actor by, Instant at) {
    return storage.inOneStep(
        "reinstating a user",
        () ->
            changeStatus(
                id,
                user -> user.reinstated(at),
                AuditEvent.of(AuditEvent.Kind.USER_REINSTATED, by, at)));
  }

  private boolean changeStatus(UserId id, UnaryOperator<User> change, AuditEvent event) {
    Optional<User> before = storage.present(id);
    boolean changed = !storage.change(id, change).equals(before);
    if (changed) {
      storage.audit(event.withUser(id));
    }
    return changed;
  }

  @Override
  public Optional<PersonalData> dataOf(UserId id) {
    return storage.inOneStep(
        "copying what is kept of a user", () -> storage.present(id).map(this::copy));
  }

  private PersonalData copy(User user) {
    return new PersonalData(
        user, unionIdOf(user.id()), people(user), devices(user), pending(user), pictures(user));
  }

  private Optional<UnionId> unionIdOf(UserId id) {
    return storage.usersByUnionId.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private List<PersonalData.Person> people(User user) {
    return storage.vouchedByPerson.entrySet().stream()
        .filter(entry -> entry.getValue().userId().equals(user.id()))
        .map(entry -> person(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(PersonalData.Person::createdAt)
                .thenComparing(person -> person.appId().value())
                .thenComparing(person -> person.openId().value()))
        .toList();
  }

  private static PersonalData.Person person(Person person, Vouched vouched) {
    return new PersonalData.Person(
        person.appId(),
        person.openId(),
        vouched.unionId(),
        vouched.logins(),
        vouched.createdAt(),
        vouched.lastLoginAt(),
        vouched.ranked());
  }

  private List<PersonalData.DeviceSession> devices(User user) {
    return storage.sessionsById.values().stream()
        .filter(session -> session.userId().equals(user.id()))
        .map(
            session ->
                new PersonalData.DeviceSession(
                    session.id(),
                    session.appId(),
                    session.device(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.idleExpiresAt(),
                    session.absoluteExpiresAt(),
                    session.ending()))
        .sorted(
            Comparator.comparing(PersonalData.DeviceSession::createdAt)
                .thenComparing(session -> session.id().value()))
        .toList();
  }

  private List<PersonalData.Pending> pending(User user) {
    return storage.openReviews.values().stream()
        .filter(open -> open.review().userId().equals(user.id()))
        .sorted(Comparator.comparing(Open::since))
        .map(
            open ->
                new PersonalData.Pending(
                    open.review().appId(),
                    open.review().field(),
                    open.review().value(),
                    open.source(),
                    open.since()))
        .toList();
  }

  private List<PersonalData.Upload> pictures(User user) {
    return storage.uploads.entrySet().stream()
        .filter(entry -> entry.getValue().owner().equals(user.id()))
        .map(entry -> new PersonalData.Upload(entry.getKey(), entry.getValue().at()))
        .sorted(Comparator.comparing(PersonalData.Upload::at))
        .toList();
  }
}
