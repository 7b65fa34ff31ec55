package dev.minilogin.adapters.web.authentication;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.UserId;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Who sends a request, as its token proves.
 *
 * @param session the session of the token
 * @param at when it was checked
 */
public record Caller(Session session, Instant at) {
  /** Who sends a request; empty if its route is open, or if it isn't known yet. */
  public static Optional<Caller> of(HttpRequest<?> request) {
    return request.getAttribute(CallerBinder.ATTRIBUTE, Caller.class);
  }

  /** Whose session it is. */
  public UserId userId() {
    return session.userId();
  }
}
