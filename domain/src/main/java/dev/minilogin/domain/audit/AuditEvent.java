package dev.minilogin.domain.audit;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that happened. It is kept longer than an account and can't be taken back, so nothing in
 * it may tell a person or open anything: no openid, phone number, nickname, address, token or code.
 *
 * @param at when, with millisecond precision
 * @param user whom it is about
 * @param session in or to which session it happened
 * @param app in or to which mini program
 * @param details what else is to be known, in few and plain words: at most {@value #MOST_DETAILS}
 */
public record AuditEvent(
    Instant at,
    Kind kind,
    Actor actor,
    Optional<UserId> user,
    Optional<SessionId> session,
    Optional<AppId> app,
    Map<String, String> details) {
  /** What can happen. */
  public enum Kind {
    /** A session was opened. */
    LOGIN,
    /** WeChat vouched for somebody who was not let in. */
    LOGIN_REFUSED,
    /** A user ended the session in use. */
    LOGOUT,
    /** One session was ended from another one, or by an operator. */
    SESSION_ENDED,
    /** All sessions of a user were ended, or all but one. */
    SESSIONS_ENDED,
    /** The same install logged in again. */
    SESSION_REPLACED,
    /** A user had more sessions than are allowed. */
    SESSION_RETIRED,
    /** A session got another token. */
    TOKEN_ROTATED,
    /** A token was used that only a thief can have kept. */
    THEFT_SUSPECTED,
    PHONE_BOUND,
    PHONE_UNBOUND,
    /** Another user of the tenant proved that the number is theirs, and this one lost it. */
    PHONE_MOVED,
    /** WeChat cleaned nickname and avatar at its side, and they were cleared here. */
    PROFILE_CLEANED,
    /** The user took data back at WeChat, and they were erased here. */
    PROFILE_ERASED,
    ACCOUNT_DELETED,
    ACCOUNT_EXPORTED,
    ACCOUNTS_MERGED,
    MERGE_UNDONE,
    USER_SUSPENDED,
    USER_REINSTATED,
    REVIEW_DECIDED,
    PUSHES_REPLAYED,
    MINI_PROGRAM_REGISTERED,
    MINI_PROGRAM_CHANGED,
    KEY_ROTATED,
    KEY_DESTROYED,
    /** This log was checked. */
    AUDIT_VERIFIED,
    /** The oldest part of this log was deleted. */
    AUDIT_PURGED,
    /** Something that only a newer version knows. */
    OTHER
  }

  /** The greatest number of details. */
  public static final int MOST_DETAILS = 8;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.:_-]{0,63}");

  /**
   * @throws IllegalArgumentException if a detail has another form
   */
  public AuditEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(app, "app");
    at = at.truncatedTo(ChronoUnit.MILLIS);
    details = Map.copyOf(details);
    if (details.size() > MOST_DETAILS) {
      throw new IllegalArgumentException("an event has at most " + MOST_DETAILS + " details");
    }
    details.forEach(AuditEvent::requireForm);
  }

  private static void requireForm(String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("a detail has a short and plain name and value");
    }
  }

  /** An event about nobody and nothing yet. */
  public static AuditEvent of(Kind kind, Actor actor, Instant at) {
    return new AuditEvent(
        at, kind, actor, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  /** The event, about a user. */
  public AuditEvent withUser(UserId id) {
    return new AuditEvent(at, kind, actor, Optional.of(id), session, app, details);
  }

  /** The event, in or to a session. */
  public AuditEvent withSession(SessionId id) {
    return new AuditEvent(at, kind, actor, user, Optional.of(id), app, details);
  }

  /** The event, in or to a mini program. */
  public AuditEvent withApp(AppId id) {
    return new AuditEvent(at, kind, actor, user, session, Optional.of(id), details);
  }

  /**
   * The event with one more detail.
   *
   * @param name 1 to 32 lower-case letters, digits and hyphens
   * @param value printed as 1 to 64 characters: ASCII letters, digits, blanks and {@code , . : _ -}
   */
  public AuditEvent with(String name, Object value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(name, value.toString());
    return new AuditEvent(at, kind, actor, user, session, app, more);
  }
}
