package dev.minilogin.adapters.persistence.phone;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.session.SessionChanges;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.adapters.persistence.user.UserRow;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Phone numbers in MySQL, sealed, and found by their hash. */
@Singleton
final class MysqlPhoneBindings implements PhoneBindings {
  private final PhoneRows rows;
  private final UserChanges users;
  private final SessionChanges sessions;
  private final AuditTrail audit;
  private final Storage storage;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlPhoneBindings(
      PhoneRows rows,
      UserChanges users,
      SessionChanges sessions,
      AuditTrail audit,
      Storage storage,
      Sealer sealer,
      Hasher hasher) {
    this.rows = rows;
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.storage = storage;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  @Override
  public Binding bind(
      UserId id, Tenant tenant, BoundPhone phone, boolean move, Optional<Rotation> rotation) {
    return storage.transaction(
        "binding a phone number",
        () ->
            rows.locked(Binary.of(id.value()))
                .map(row -> bind(row, tenant, phone, move, rotation))
                .orElseGet(Binding.NoUser::new));
  }

  private Binding bind(
      UserRow row, Tenant tenant, BoundPhone phone, boolean move, Optional<Rotation> rotation) {
    Index index = index(tenant, phone);
    List<UserRow> others =
        rows.othersWithPhone(row.id(), tenant.name(), index.mac(), index.olderMac());
    if (!others.isEmpty() && !move) {
      return new Binding.Taken();
    }
    User before = row.toUser(sealer);
    boolean boundBefore =
        tenant.name().equals(row.phoneTenant())
            && before.phone().map(BoundPhone::number).equals(Optional.of(phone.number()));
    Optional<Rotation> due = rotation.filter(_ -> !boundBefore);
    if (due.isPresent() && !sessions.mayRotate(due.get())) {
      return new Binding.SessionOver();
    }
    others.forEach(other -> takeAway(other, tenant, index, phone.at()));
    User after = boundBefore ? before : before.withPhone(Optional.of(phone), phone.at());
    write(row, tenant, index, after);
    Optional<UserId> movedFrom =
        others.stream().map(other -> new UserId(Binary.uuid(other.id()))).findFirst();
    if (!boundBefore) {
      movedFrom.ifPresent(
          from -> audit.append(AuditEvents.phoneMoved(from, after.id(), phone.at())));
      audit.append(
          AuditEvents.phoneBound(after.id(), before.phone(), movedFrom, rotation, phone.at()));
    }
    return new Binding.Bound(after, movedFrom, due.map(sessions::rotate));
  }

  private void takeAway(UserRow other, Tenant tenant, Index index, Instant at) {
    int taken =
        rows.losePhone(other.id(), tenant.name(), index.mac(), index.olderMac(), at.toEpochMilli());
    if (taken == 0) {
      throw new Storage.LostRace("the other user lost the number meanwhile");
    }
  }

  /** Also a number that was bound before: it may stand there under older keys. */
  private void write(UserRow row, Tenant tenant, Index index, User user) {
    BoundPhone phone = user.phone().orElseThrow();
    try {
      int bound =
          rows.bindPhone(
              row.id(),
              row.profileVersion(),
              row.seal(phone.number(), sealer),
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
    List<byte[]> macs = hasher.hashes(purpose(tenant.name()), phone.number().reveal());
    return new Index(macs.getFirst(), macs.getLast());
  }

  /** What phone numbers are hashed for within a tenant. */
  static String purpose(String tenant) {
    return "phone " + tenant;
  }

  @Override
  public Optional<User> unbind(UserId id, Instant at) {
    return storage.transaction(
        "unbinding a phone number",
        () -> {
          if (users.unbindPhone(id, at)) {
            audit.append(AuditEvents.phoneUnbound(id, at));
          }
          return rows.locked(Binary.of(id.value())).map(row -> row.toUser(sealer));
        });
  }
}
