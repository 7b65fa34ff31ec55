package dev.minilogin.domain.session;

import dev.minilogin.domain.miniprogram.SessionLifetimes;
import java.time.Instant;
import java.util.Objects;

/**
 * A new token for a session whose user gets more rights, so that whoever knew the old token doesn't
 * (OWASP Session Management Cheat Sheet, "Renew the Session ID After Any Privilege Level Change").
 *
 * @param old the session as it was checked
 * @param id the handle of the one that takes its place
 * @param token its token
 * @param lifetimes of its mini program
 * @param at when
 */
public record Rotation(
    Session old, SessionId id, SessionToken token, SessionLifetimes lifetimes, Instant at) {
  public Rotation {
    Objects.requireNonNull(old, "old");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(lifetimes, "lifetimes");
    Objects.requireNonNull(at, "at");
  }

  /** The session that takes the place of the old one. */
  public Session renewed() {
    return old.renewed(id, at, lifetimes);
  }

  /** How the old session ends: at once. */
  public Session.Ending ending() {
    return new Session.Ending(at, EndReason.REPLACED);
  }
}
