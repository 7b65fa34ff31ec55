package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
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
  private final Storage storage;

  MysqlUsers(UserRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public Optional<User> find(UserId id) {
    return storage
        .statement("reading a user", () -> rows.byId(Binary.of(id.value())))
        .map(UserRow::toUser);
  }

  /** Reads, then writes on the condition that nobody wrote meanwhile, until that holds. */
  @Override
  public Optional<User> changeProfile(
      UserId id, ProfileChange change, Profile.Source source, Instant at) {
    return storage.statement("changing a profile", () -> tryToChange(id, change, source, at));
  }

  private Optional<User> tryToChange(
      UserId id, ProfileChange change, Profile.Source source, Instant at) {
    Optional<UserRow> row = rows.byId(Binary.of(id.value()));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    User before = row.get().toUser();
    User after = before.withProfile(before.profile().after(change, source, at), at);
    if (after == before) {
      return Optional.of(before);
    }
    Profile profile = after.profile();
    int changed =
        rows.changeProfile(
            row.get().id(),
            row.get().profileVersion(),
            column(profile, ProfileField.NICKNAME),
            column(profile, ProfileField.AVATAR_URL),
            column(profile, ProfileField.GENDER),
            column(profile, ProfileField.PROVINCE),
            column(profile, ProfileField.CITY),
            column(profile, ProfileField.COUNTRY),
            column(profile, ProfileField.LANGUAGE),
            Provenance.write(profile),
            at.toEpochMilli());
    if (changed == 0) {
      throw new Storage.LostRace("the profile was changed meanwhile");
    }
    return Optional.of(after);
  }

  private static String column(Profile profile, ProfileField field) {
    return profile.value(field).orElse(null);
  }
}
