package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.testing.InMemoryStorage.TenantPhone;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import java.time.Instant;
import java.util.Optional;

/** The users of an {@link InMemoryStorage}. */
public final class InMemoryUsers implements Users {
  private final InMemoryStorage storage;

  public InMemoryUsers(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<User> find(UserId id) {
    return storage.inOneStep(
        "reading a user", () -> Optional.ofNullable(storage.usersById.get(id)));
  }

  @Override
  public Optional<User> changeProfile(
      UserId id, ProfileChange change, Profile.Source source, Instant at) {
    return storage.inOneStep(
        "changing a profile", () -> storage.change(id, user -> user.changed(change, source, at)));
  }

  @Override
  public Binding bindPhone(UserId id, Tenant tenant, BoundPhone phone, boolean move) {
    return storage.inOneStep(
        "binding a phone number",
        () ->
            storage
                .present(id)
                .map(user -> bindInStep(user, tenant, phone, move))
                .orElseGet(Binding.NoUser::new));
  }

  private Binding bindInStep(User user, Tenant tenant, BoundPhone phone, boolean move) {
    TenantPhone key = new TenantPhone(tenant, phone.number().reveal());
    Optional<UserId> holder = Optional.ofNullable(storage.usersByPhone.get(key));
    if (holder.equals(Optional.of(user.id()))) {
      return new Binding.Bound(user, Optional.empty());
    }
    if (holder.isPresent() && !move) {
      return new Binding.Taken();
    }
    holder.ifPresent(from -> unbindInStep(from, phone.at()));
    storage.forgetPhone(user.id());
    storage.usersByPhone.put(key, user.id());
    User bound =
        storage
            .change(user.id(), known -> known.withPhone(Optional.of(phone), phone.at()))
            .orElseThrow();
    return new Binding.Bound(bound, holder);
  }

  @Override
  public Optional<User> unbindPhone(UserId id, Instant at) {
    return storage.inOneStep("unbinding a phone number", () -> unbindInStep(id, at));
  }

  private Optional<User> unbindInStep(UserId id, Instant at) {
    storage.forgetPhone(id);
    return storage.change(id, user -> user.withPhone(Optional.empty(), at));
  }
}
