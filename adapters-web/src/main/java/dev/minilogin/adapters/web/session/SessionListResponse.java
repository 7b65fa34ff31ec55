package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.domain.session.Session;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Where a user is logged in. */
@Serdeable
@Schema(
    name = "SessionList",
    requiredProperties = {"sessions"})
record SessionListResponse(
    @Schema(description = "The good sessions in all mini programs, the last used first")
        List<SessionResponse> sessions) {
  static SessionListResponse of(List<Session> sessions, Caller caller) {
    return new SessionListResponse(
        sessions.stream().map(session -> SessionResponse.of(session, caller)).toList());
  }
}
