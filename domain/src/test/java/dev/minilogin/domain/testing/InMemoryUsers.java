package dev.minilogin.domain.testing;

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
}
