package dev.minilogin.domain.audit;

import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The events that the ports leave, in one place for all adapters. */
public final class AuditEvents {
  private AuditEvents() {}

  /** What a recorded login leaves: whoever is suspended has a session that opens nothing. */
  public static AuditEvent login(Logins.Recorded login) {
    AuditEvent event =
        login.user().status() == User.Status.ACTIVE
            ? AuditEvent.of(Kind.LOGIN, Actor.USER, login.session().createdAt())
                .with("new-user", login.newUser())
            : AuditEvent.of(Kind.LOGIN_REFUSED, Actor.USER, login.session().createdAt())
                .with("reason", login.user().status());
    return event
        .withUser(login.user().id())
        .withSession(login.session().id())
        .withApp(login.session().appId());
  }

  /**
   * What a login leaves that was refused before it was recorded.
   *
   * @param user empty if the person isn't known here
   * @param reason in one word
   */
  public static AuditEvent loginRefused(
      AppId app, Optional<UserId> user, String reason, Instant at) {
    AuditEvent event =
        AuditEvent.of(Kind.LOGIN_REFUSED, Actor.USER, at).withApp(app).with("reason", reason);
    return user.map(event::withUser).orElse(event);
  }

  /** What the end of a session leaves: a logout, or an end from elsewhere. */
  public static AuditEvent sessionEnded(
      UserId user, SessionId session, EndReason reason, Instant at) {
    Kind kind = reason == EndReason.SIGNED_OUT ? Kind.LOGOUT : Kind.SESSION_ENDED;
    return AuditEvent.of(kind, Actor.USER, at).withUser(user).withSession(session);
  }

  /**
   * What a user leaves who ends all sessions but one.
   *
   * @param count how many, at least one
   */
  public static AuditEvent othersEnded(UserId user, SessionId kept, int count, Instant at) {
    return AuditEvent.of(Kind.SESSIONS_ENDED, Actor.USER, at)
        .withUser(user)
        .with("kept", kept)
        .with("count", count);
  }

  /** What the end of all sessions of a user leaves. */
  public static AuditEvent allEnded(UserId user, Actor by, Instant at) {
    return AuditEvent.of(Kind.SESSIONS_ENDED, by, at).withUser(user);
  }

  /** What a login leaves of a session that it replaces. */
  public static AuditEvent replaced(Session old, Session by) {
    return of(Kind.SESSION_REPLACED, Actor.USER, old, by.createdAt()).with("by", by.id());
  }

  /** What a login leaves of a session that is one too many. */
  public static AuditEvent retired(Session old, Session by) {
    return of(Kind.SESSION_RETIRED, Actor.SYSTEM, old, by.createdAt()).with("by", by.id());
  }

  /** What a new token leaves of the session that had the old one. */
  public static AuditEvent tokenRotated(Rotation rotation) {
    return of(Kind.TOKEN_ROTATED, Actor.USER, rotation.old(), rotation.at())
        .with("by", rotation.id());
  }

  /**
   * What the token of a session leaves that was replaced long ago and is sent again.
   *
   * @param ended how many sessions ended because of it, at least one
   */
  public static AuditEvent theftSuspected(Session replaced, int ended, Instant at) {
    return of(Kind.THEFT_SUSPECTED, Actor.SYSTEM, replaced, at).with("ended", ended);
  }

  private static AuditEvent of(Kind kind, Actor actor, Session session, Instant at) {
    return AuditEvent.of(kind, actor, at)
        .withUser(session.userId())
        .withSession(session.id())
        .withApp(session.appId());
  }

  /**
   * What a user leaves who binds a number that they didn't have.
   *
   * @param before the number in the place of which it is bound
   * @param movedFrom who had it
   * @param rotation of the session that asked, if it got a new token
   */
  public static AuditEvent phoneBound(
      UserId user,
      Optional<BoundPhone> before,
      Optional<UserId> movedFrom,
      Optional<Rotation> rotation,
      Instant at) {
    AuditEvent event =
        AuditEvent.of(Kind.PHONE_BOUND, Actor.USER, at)
            .withUser(user)
            .with("replaces", before.isPresent());
    AuditEvent moved = movedFrom.map(from -> event.with("moved-from", from)).orElse(event);
    return rotation
        .map(Rotation::old)
        .map(session -> moved.withSession(session.id()).withApp(session.appId()))
        .orElse(moved);
  }

  /** What the loss of a number to another user leaves. */
  public static AuditEvent phoneMoved(UserId from, UserId to, Instant at) {
    return AuditEvent.of(Kind.PHONE_MOVED, Actor.USER, at).withUser(from).with("moved-to", to);
  }

  /** What a user leaves who takes a number away that was there. */
  public static AuditEvent phoneUnbound(UserId user, Instant at) {
    return AuditEvent.of(Kind.PHONE_UNBOUND, Actor.USER, at).withUser(user);
  }

  /** What a push leaves that cleans a profile. */
  public static AuditEvent profileCleaned(UserId user, UUID push, Instant at) {
    return AuditEvent.of(Kind.PROFILE_CLEANED, Actor.WECHAT, at).withUser(user).with("push", push);
  }

  /** What a push leaves that erases data of a user. */
  public static AuditEvent profileErased(
      UserId user, Set<ProfileField> fields, boolean phone, UUID push, Instant at) {
    AuditEvent event =
        AuditEvent.of(Kind.PROFILE_ERASED, Actor.WECHAT, at)
            .withUser(user)
            .with("push", push)
            .with("phone", phone);
    return fields.isEmpty() ? event : event.with("fields", names(fields));
  }

  private static String names(Collection<ProfileField> fields) {
    return fields.stream()
        .sorted(Comparator.naturalOrder())
        .map(ProfileField::key)
        .collect(Collectors.joining(","));
  }

  /** What the end of a review leaves. */
  public static AuditEvent reviewDecided(Review review, Decision decision, Actor by, Instant at) {
    return AuditEvent.of(Kind.REVIEW_DECIDED, by, at)
        .withUser(review.userId())
        .withApp(review.appId())
        .with("review", review.id())
        .with("field", review.field().key())
        .with("decision", decision);
  }

  /** What it leaves to let pushes take effect again. */
  public static AuditEvent pushesReplayed(
      AppId app, Instant since, int count, Actor by, Instant at) {
    return AuditEvent.of(Kind.PUSHES_REPLAYED, by, at)
        .withApp(app)
        .with("since", since.getEpochSecond())
        .with("count", count);
  }

  /**
   * What it leaves to save a mini program.
   *
   * @param before how it was; empty if it is new
   * @return empty if nothing changed
   */
  public static Optional<AuditEvent> miniProgramSaved(
      Optional<MiniProgram> before, MiniProgram after, Instant at) {
    if (before.isEmpty()) {
      return Optional.of(
          AuditEvent.of(Kind.MINI_PROGRAM_REGISTERED, Actor.SYSTEM, at).withApp(after.appId()));
    }
    Set<String> changed = new LinkedHashSet<>();
    note(changed, "secret", before.get().secrets(), after.secrets());
    note(changed, "enabled", before.get().enabled(), after.enabled());
    note(changed, "lifetimes", before.get().lifetimes(), after.lifetimes());
    note(changed, "policies", before.get().policies(), after.policies());
    note(changed, "push", before.get().push(), after.push());
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(miniProgramChanged(after.appId(), String.join(",", changed), at));
  }

  /** What it leaves to save a mini program in the place of one that can't be read. */
  public static AuditEvent miniProgramReplaced(AppId app, Instant at) {
    return miniProgramChanged(app, "unreadable", at);
  }

  private static AuditEvent miniProgramChanged(AppId app, String what, Instant at) {
    return AuditEvent.of(Kind.MINI_PROGRAM_CHANGED, Actor.SYSTEM, at)
        .withApp(app)
        .with("changed", what);
  }

  private static void note(Set<String> changed, String name, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(name);
    }
  }

  /**
   * What it leaves to purge the log.
   *
   * @param from the first place in the chain
   * @param to the last one
   * @param intact whether what was there was as it had been written
   */
  public static AuditEvent purged(long from, long to, boolean intact, Instant at) {
    return AuditEvent.of(Kind.AUDIT_PURGED, Actor.SYSTEM, at)
        .with("from", from)
        .with("to", to)
        .with("intact", intact);
  }

  /** What it leaves to check the log. */
  public static AuditEvent checked(AuditCheck check, Actor by, Instant at) {
    AuditEvent event =
        AuditEvent.of(Kind.AUDIT_VERIFIED, by, at)
            .with("linked", check.linked())
            .with("intact", check.flaw().isEmpty());
    return check
        .flaw()
        .map(flaw -> event.with("flaw", flaw.kind()).with("at", flaw.seq()))
        .orElse(event);
  }
}
