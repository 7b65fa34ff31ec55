package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Users in MySQL; phone numbers are sealed and found by their hash. */
@Singleton
final class MysqlUsers implements Users {
  private final UserRows rows;
  private final UserChangeRows changeRows;
  private final UserChanges changes;
  private final Storage storage;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlUsers(
      UserRows rows,
      UserChangeRows changeRows,
      UserChanges changes,
      Storage storage,
      Sealer sealer,
      Hasher hasher) {
    this.rows = rows;
    this.changeRows = changeRows;
    this.changes = changes;
    this.storage = storage;
    this.sealer = sealer;
    this.hasher = hasher;
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

  @Override
  public Binding bindPhone(UserId id, Tenant tenant, BoundPhone phone, boolean move) {
    return storage.transaction(
        "binding a phone number",
        () ->
            changeRows
                .living(Binary.of(id.value()))
                .map(row -> bind(row, tenant, phone, move))
                .orElseGet(Binding.NoUser::new));
  }

  private Binding bind(UserRow row, Tenant tenant, BoundPhone phone, boolean move) {
    Index index = index(tenant, phone);
    List<UserRow> others =
        changeRows.othersWithPhone(row.id(), tenant.name(), index.mac(), index.olderMac());
    if (!others.isEmpty() && !move) {
      return new Binding.Taken();
    }
    others.forEach(other -> takeAway(other, tenant, index, phone.at()));
    User before = row.toUser(sealer);
    boolean boundBefore =
        tenant.name().equals(row.phoneTenant())
            && before.phone().map(BoundPhone::number).equals(Optional.of(phone.number()));
    User after = boundBefore ? before : before.withPhone(Optional.of(phone), phone.at());
    write(row, tenant, index, after);
    return new Binding.Bound(
        after, others.stream().map(other -> new UserId(Binary.uuid(other.id()))).findFirst());
  }

  private void takeAway(UserRow other, Tenant tenant, Index index, Instant at) {
    int taken =
        changeRows.losePhone(
            other.id(), tenant.name(), index.mac(), index.olderMac(), at.toEpochMilli());
    if (taken == 0) {
      throw new Storage.LostRace("the other user lost the number meanwhile");
    }
  }

  /** Also a number that was bound before: it may stand there under older keys. */
  private void write(UserRow row, Tenant tenant, Index index, User user) {
    BoundPhone phone = user.phone().orElseThrow();
    try {
      int bound =
          changeRows.bindPhone(
              row.id(),
              row.profileVersion(),
              sealer.seal(PhoneText.write(phone.number()), UserRow.phonePlace(row.id())),
              index.mac(),
              tenant.name(),
              phone.at().toEpochMilli(),
              user.updatedAt().toEpochMilli());
      if (bound == 0) {
        throw new Storage.LostRace("the user was changed meanwhile");
      }
    } catch (DataAccessException e) {
      if (Storage.isDuplicateKey(e)) {
        throw new Storage.LostRace("another user got the number meanwhile");
      }
      throw e;
    }
  }

  /** What a phone number is found by within a tenant, under the current and an older pepper. */
  private record Index(byte[] mac, byte[] olderMac) {}

  private Index index(Tenant tenant, BoundPhone phone) {
    List<byte[]> macs = hasher.hashes("phone " + tenant.name(), phone.number().reveal());
    return new Index(macs.getFirst(), macs.getLast());
  }

  @Override
  public Optional<User> unbindPhone(UserId id, Instant at) {
    return storage.transaction(
        "unbinding a phone number",
        () -> {
          changes.unbindPhone(id, at);
          return changeRows.living(Binary.of(id.value())).map(row -> row.toUser(sealer));
        });
  }
}
