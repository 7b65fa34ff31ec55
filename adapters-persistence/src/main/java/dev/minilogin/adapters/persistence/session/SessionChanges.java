package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.revocation.Revocations;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.session.Succession;
import dev.minilogin.domain.user.UserId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens and ends sessions, as a part of the transaction that the caller began.
 *
 * <p>Whoever opens one holds the lock of its user's row, so that each sees what the others left.
 */
@Singleton
public final class SessionChanges {
  /** The purpose under which tokens are hashed. */
  static final String TOKEN = "token";

  private final SessionChangeRows rows;
  private final Revocations revocations;
  private final AuditTrail audit;
  private final Hasher hasher;

  SessionChanges(SessionChangeRows rows, Revocations revocations, AuditTrail audit, Hasher hasher) {
    this.rows = rows;
    this.revocations = revocations;
    this.audit = audit;
    this.hasher = hasher;
  }

  /**
   * Whether a session may get a new token: it is good, and not about to end.
   *
   * @param rotation of a session whose user's row is locked
   */
  public boolean mayRotate(Rotation rotation) {
    return rows.byId(Binary.of(rotation.old().id().value()))
        .map(SessionRow::toHeld)
        .filter(held -> held.session().userId().equals(rotation.old().userId()))
        .filter(held -> held.session().ending().isEmpty())
        .filter(held -> held.endedAt(rotation.at()).isEmpty())
        .isPresent();
  }

  /**
   * Ends the old session and opens the one in its place.
   *
   * @param rotation one that {@link #mayRotate}
   */
  public Session rotate(Rotation rotation) {
    if (!giveWay(rotation.old(), rotation.ending())) {
      throw new Storage.LostRace("the session ended meanwhile");
    }
    Session renewed = rotation.renewed();
    insert(renewed, rotation.token(), null, false, null);
    rows.keepAttempts(Binary.of(renewed.id().value()), Binary.of(rotation.old().id().value()));
    revocations.of(renewed.userId());
    audit.append(AuditEvents.tokenRotated(rotation));
    return renewed;
  }

  /** The user's sessions that are open then. */
  List<Session> present(UserId user, Instant at) {
    return rows.ofUser(Binary.of(user.value()), at.toEpochMilli()).stream()
        .map(SessionRow::toHeld)
        .filter(held -> held.session().isOpenAt(at, held.account()))
        .map(Sessions.Held::session)
        .toList();
  }

  /**
   * Opens a session by a login, and ends those that give way to it; that is hardly ever more than
   * one.
   *
   * @param at the login
   * @param sealedAnswer the token, for a client that lost the answer; {@code null} if it can't have
   *     it again
   */
  void open(
      Session session,
      Succession succession,
      Instant at,
      SessionToken token,
      LoginClaim claim,
      boolean newUser,
      @Nullable byte[] sealedAnswer) {
    Session.Ending tail = new Session.Ending(at.plus(Session.TAIL), EndReason.REPLACED);
    succession.replaced().forEach(old -> giveWay(old, tail));
    Session.Ending now = new Session.Ending(at, EndReason.REVOKED);
    succession.retired().forEach(old -> giveWay(old, now));
    insert(session, token, claim.bytes(), newUser, sealedAnswer);
    if (!succession.replaced().isEmpty() || !succession.retired().isEmpty()) {
      revocations.of(session.userId());
    }
    succession.replaced().forEach(old -> audit.append(AuditEvents.replaced(old, session)));
    succession.retired().forEach(old -> audit.append(AuditEvents.retired(old, session)));
  }

  private boolean giveWay(Session session, Session.Ending ending) {
    return rows.giveWay(
            Binary.of(session.id().value()), ending.at().toEpochMilli(), ending.reason().name())
        == 1;
  }

  private void insert(
      Session session,
      SessionToken token,
      @Nullable byte[] claim,
      boolean newUser,
      @Nullable byte[] sealedAnswer) {
    Device device = session.device();
    rows.insert(
        Binary.of(session.id().value()),
        Binary.of(session.family().value()),
        hasher.hash(TOKEN, token.reveal()),
        Binary.of(session.userId().value()),
        session.appId().value(),
        device.install().map(InstallHash::bytes).orElse(null),
        device.model().orElse(null),
        device.platform().orElse(null),
        device.envVersion().map(Enum::name).orElse(null),
        device.version().orElse(null),
        device.scene().orElse(null),
        session.createdAt().toEpochMilli(),
        session.lastSeenAt().toEpochMilli(),
        session.idleExpiresAt().toEpochMilli(),
        session.absoluteExpiresAt().toEpochMilli(),
        session.epoch(),
        claim,
        newUser,
        sealedAnswer);
  }

  /**
   * Ends a session of a user.
   *
   * @return {@code false} if the user has no such session that anything is left of
   */
  boolean end(UserId user, SessionId id, Session.Ending ending) {
    int ended =
        rows.end(
            Binary.of(user.value()),
            Binary.of(id.value()),
            ending.at().toEpochMilli(),
            ending.reason().name());
    return revoked(
            user, ended, () -> AuditEvents.sessionEnded(user, id, ending.reason(), ending.at()))
        == 1;
  }

  /** Ends all good sessions of a user but one, and returns how many. */
  int endOthers(UserId user, SessionId kept, Instant at) {
    int ended =
        rows.endOthers(
            Binary.of(user.value()),
            Binary.of(kept.value()),
            at.toEpochMilli(),
            EndReason.REVOKED.name());
    return revoked(user, ended, () -> AuditEvents.othersEnded(user, kept, ended, at));
  }

  /** Ends all good sessions of a family, and returns how many. */
  int endFamily(Session replaced, Instant at) {
    int ended =
        rows.endFamily(
            Binary.of(replaced.userId().value()),
            Binary.of(replaced.family().value()),
            at.toEpochMilli(),
            EndReason.REVOKED.name());
    return revoked(replaced.userId(), ended, () -> AuditEvents.theftSuspected(replaced, ended, at));
  }

  /**
   * Ends all sessions of a user.
   *
   * @return {@code false} if there is no such user
   */
  boolean endAll(UserId user, Actor by, Instant at) {
    int ended = rows.endAll(Binary.of(user.value()));
    return revoked(user, ended, () -> AuditEvents.allEnded(user, by, at)) == 1;
  }

  private int revoked(UserId user, int count, Supplier<AuditEvent> event) {
    if (count > 0) {
      revocations.of(user);
      audit.append(event.get());
    }
    return count;
  }
}
