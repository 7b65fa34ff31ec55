package dev.minilogin.adapters.web.authentication;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;

/**
 * Who sends a request, as its token proves.
 *
 * @param session the session of the token
 * @param at when it was checked
 */
public record Caller(Session session, Instant at) {
  /** Whose session it is. */
  public UserId userId() {
    return session.userId();
  }
}
