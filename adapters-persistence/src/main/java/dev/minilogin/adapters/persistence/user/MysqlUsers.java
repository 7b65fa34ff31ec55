package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Users in MySQL. */
@Singleton
final class MysqlUsers implements Users {
  private final UserRows rows;
  private final UserChanges changes;
  private final Storage storage;
  private final Sealer sealer;

  MysqlUsers(UserRows rows, UserChanges changes, Storage storage, Sealer sealer) {
    this.rows = rows;
    this.changes = changes;
    this.storage = storage;
    this.sealer = sealer;
  }

  @Override
  public Optional<User> find(UserId id) {
    return storage
        .statement("reading a user", () -> rows.byId(Binary.of(id.value())))
        .map(row -> row.toUser(sealer));
  }

  @Override
  public Optional<User> changeProfile(
      UserId id, ProfileChange change, Profile.Source source, Instant at) {
    return storage.transaction(
        "changing a profile", () -> changes.change(id, user -> user.changed(change, source, at)));
  }
}
