package dev.minilogin.adapters.web.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.adapters.web.authentication.SessionGrant;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.user.UserResponse;
import dev.minilogin.application.session.LogIn;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** The answer of {@code POST /v1/sessions}. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "LogInResponse",
    requiredProperties = {
      "token",
      "tokenType",
      "sessionId",
      "expiresIn",
      "idleExpiresIn",
      "newUser",
      "user",
      "phoneProblem"
    })
record LogInResponse(
    @Schema(description = "The session token: keep it, send it as `Authorization: Bearer`")
        String token,
    @Schema(description = "Always `Bearer`") String tokenType,
    @Schema(description = "The session's public handle; authenticates nothing") String sessionId,
    @Schema(description = "Seconds until the session ends, whatever happens") long expiresIn,
    @Schema(description = "Seconds until the session ends if it is not used") long idleExpiresIn,
    @Schema(description = "Whether this login made the user") boolean newUser,
    UserResponse user,
    @Nullable
        @Schema(
            nullable = true,
            description =
                "Why the phoneCode bound no number, a problem's `code`; the login is good all the"
                    + " same")
        String phoneProblem) {
  static LogInResponse of(
      LogIn.LoggedIn loggedIn, UserResponse user, @Nullable ProblemCode phoneProblem) {
    SessionGrant grant =
        SessionGrant.of(loggedIn.login().token(), loggedIn.login().session(), loggedIn.at());
    return new LogInResponse(
        grant.token(),
        grant.tokenType(),
        grant.sessionId(),
        grant.expiresIn(),
        grant.idleExpiresIn(),
        loggedIn.login().newUser(),
        user,
        phoneProblem == null ? null : phoneProblem.text());
  }

  @Override
  public String toString() {
    return "LogInResponse[" + sessionId + "]";
  }
}
