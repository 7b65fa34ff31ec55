package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Accounts in MySQL. */
@Singleton
final class MysqlAccounts implements Accounts {
  private final AccountErasure erasure;
  private final CopyRows rows;
  private final UserChanges users;
  private final AuditTrail trail;
  private final Storage storage;

  MysqlAccounts(
      AccountErasure erasure, CopyRows rows, UserChanges users, AuditTrail trail, Storage storage) {
    this.erasure = erasure;
    this.rows = rows;
    this.users = users;
    this.trail = trail;
    this.storage = storage;
  }

  @Override
  public Erasure erase(UserId id, ErasureRequest request, Instant at) {
    return storage.transaction("erasing an account", () -> erasure.erase(id, request, at));
  }

  @Override
  public boolean suspend(UserId id, Actor by, Instant at) {
    return storage.transaction(
        "suspending a user",
        () ->
            audited(
                users.changeStatus(id, User.Status.ACTIVE, User.Status.SUSPENDED, at),
                AuditEvent.of(AuditEvent.Kind.USER_SUSPENDED, by, at).withUser(id)));
  }

  @Override
  public boolean reinstate(UserId id, Actor by, Instant at) {
    return storage.transaction(
        "reinstating a user",
        () ->
            audited(
                users.changeStatus(id, User.Status.SUSPENDED, User.Status.ACTIVE, at),
                AuditEvent.of(AuditEvent.Kind.USER_REINSTATED, by, at).withUser(id)));
  }

  private boolean audited(boolean changed, AuditEvent event) {
    if (changed) {
      trail.append(event);
    }
    return changed;
  }

  @Override
  public Optional<PersonalData> dataOf(UserId id) {
    return storage.transaction(
        "copying what is kept of a user", () -> users.find(id).map(known -> copy(id, known)));
  }

  private PersonalData copy(UserId id, UserChanges.Known known) {
    byte[] userId = Binary.of(id.value());
    return new PersonalData(
        known.user(),
        known.unionId(),
        rows.people(userId).stream().map(CopiedPersonRow::toPerson).toList(),
        rows.sessions(userId).stream().map(CopiedSessionRow::toDeviceSession).toList(),
        rows.reviews(userId).stream().map(CopiedReviewRow::toPending).toList(),
        rows.pictures(userId).stream().map(CopiedPictureRow::toUpload).toList());
  }
}
