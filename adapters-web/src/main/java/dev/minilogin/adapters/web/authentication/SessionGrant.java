package dev.minilogin.adapters.web.authentication;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;

/** A session and its token, as they are handed to the user. */
@Serdeable
@Schema(
    name = "SessionGrant",
    requiredProperties = {"token", "tokenType", "sessionId", "expiresIn", "idleExpiresIn"})
public record SessionGrant(
    @Schema(description = "The session token: keep it, send it as `Authorization: Bearer`")
        String token,
    @Schema(description = "Always `Bearer`") String tokenType,
    @Schema(description = "The session's public handle; authenticates nothing") String sessionId,
    @Schema(description = "Seconds until the session ends, whatever happens") long expiresIn,
    @Schema(description = "Seconds until the session ends if it is not used") long idleExpiresIn) {
  /**
   * The grant of a session.
   *
   * @param at the moment that its lifetimes are to be counted from
   */
  public static SessionGrant of(SessionToken token, Session session, Instant at) {
    return new SessionGrant(
        token.reveal(),
        "Bearer",
        session.id().toString(),
        Duration.between(at, session.absoluteExpiresAt()).toSeconds(),
        Duration.between(at, session.idleExpiresAt()).toSeconds());
  }

  @Override
  public String toString() {
    return "SessionGrant[" + sessionId + "]";
  }
}
