package dev.minilogin.adapters.web.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.user.UserResponse;
import dev.minilogin.domain.session.Session;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A session as its user sees it. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "Session",
    requiredProperties = {
      "id",
      "appId",
      "device",
      "platform",
      "envVersion",
      "createdAt",
      "lastSeenAt",
      "expiresIn",
      "idleExpiresIn",
      "current",
      "user"
    })
record SessionResponse(
    @Schema(description = "The session's public handle") String id,
    String appId,
    @Nullable @Schema(description = "The device's model, as the client says", nullable = true)
        String device,
    @Nullable @Schema(nullable = true) String platform,
    @Nullable @Schema(description = "develop, trial or release", nullable = true) String envVersion,
    Instant createdAt,
    @Schema(description = "The last use that was written down; the real one may be later")
        Instant lastSeenAt,
    @Schema(description = "Seconds until the session ends, whatever happens") long expiresIn,
    @Schema(description = "Seconds until the session ends if it is not used") long idleExpiresIn,
    @Schema(description = "Whether it is the session of this request") boolean current,
    @Nullable @Schema(nullable = true, description = "Null in a list: all are the same user's")
        UserResponse user) {
  static SessionResponse ofCurrent(Caller caller, UserResponse user) {
    return of(caller.session(), caller, user);
  }

  static SessionResponse of(Session session, Caller caller) {
    return of(session, caller, null);
  }

  private static SessionResponse of(Session session, Caller caller, @Nullable UserResponse user) {
    return new SessionResponse(
        session.id().toString(),
        session.appId().value(),
        session.device().model().orElse(null),
        session.device().platform().orElse(null),
        session.device().envVersion().map(v -> v.name().toLowerCase(Locale.ROOT)).orElse(null),
        session.createdAt(),
        session.lastSeenAt(),
        Duration.between(caller.at(), session.absoluteExpiresAt()).toSeconds(),
        Duration.between(caller.at(), session.idleExpiresAt()).toSeconds(),
        session.id().equals(caller.session().id()),
        user);
  }
}
