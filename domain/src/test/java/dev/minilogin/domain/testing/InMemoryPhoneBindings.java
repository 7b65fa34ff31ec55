package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.InMemoryStorage.TenantPhone;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/** The phone numbers of an {@link InMemoryStorage}. */
public final class InMemoryPhoneBindings implements PhoneBindings {
  private final InMemoryStorage storage;

  public InMemoryPhoneBindings(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Binding bind(
      UserId id, Tenant tenant, BoundPhone phone, boolean move, Optional<Rotation> rotation) {
    return storage.inOneStep(
        "binding a phone number",
        () ->
            storage
                .present(id)
                .map(user -> bindInStep(user, tenant, phone, move, rotation))
                .orElseGet(Binding.NoUser::new));
  }

  private Binding bindInStep(
      User user, Tenant tenant, BoundPhone phone, boolean move, Optional<Rotation> rotation) {
    TenantPhone key = new TenantPhone(tenant, phone.number().reveal());
    Optional<UserId> holder = Optional.ofNullable(storage.usersByPhone.get(key));
    if (holder.equals(Optional.of(user.id()))) {
      return new Binding.Bound(user, Optional.empty(), Optional.empty());
    }
    if (holder.isPresent() && !move) {
      return new Binding.Taken();
    }
    if (rotation.isPresent() && !isToStay(rotation.get())) {
      return new Binding.SessionOver();
    }
    holder.ifPresent(
        from -> {
          unbindInStep(from, phone.at());
          storage.audit(AuditEvents.phoneMoved(from, user.id(), phone.at()));
        });
    storage.forgetPhone(user.id());
    storage.usersByPhone.put(key, user.id());
    User bound =
        storage
            .change(user.id(), known -> known.withPhone(Optional.of(phone), phone.at()))
            .orElseThrow();
    storage.audit(AuditEvents.phoneBound(user.id(), user.phone(), holder, rotation, phone.at()));
    return new Binding.Bound(bound, holder, rotation.map(this::rotateInStep));
  }

  private boolean isToStay(Rotation rotation) {
    return storage.goodSessions(rotation.old().userId(), rotation.at()).stream()
        .filter(session -> session.ending().isEmpty())
        .anyMatch(session -> session.id().equals(rotation.old().id()));
  }

  private Session rotateInStep(Rotation rotation) {
    Session renewed = rotation.renewed();
    storage.end(storage.sessionsById.get(rotation.old().id()), rotation.ending());
    storage.sessionsById.put(renewed.id(), renewed);
    storage.sessionsByToken.put(rotation.token(), renewed.id());
    storage.attemptsTaken.put(
        renewed.id(), storage.attemptsTaken.getOrDefault(rotation.old().id(), 0));
    storage.audit(AuditEvents.tokenRotated(rotation));
    return renewed;
  }

  @Override
  public Optional<User> unbind(UserId id, Instant at) {
    return storage.inOneStep(
        "unbinding a phone number",
        () -> {
          storage
              .present(id)
              .flatMap(User::phone)
              .ifPresent(_ -> storage.audit(AuditEvents.phoneUnbound(id, at)));
          return unbindInStep(id, at);
        });
  }

  private Optional<User> unbindInStep(UserId id, Instant at) {
    storage.forgetPhone(id);
    return storage.change(id, user -> user.withPhone(Optional.empty(), at));
  }
}
