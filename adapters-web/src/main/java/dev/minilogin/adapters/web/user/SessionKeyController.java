package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.application.wechat.CheckSessionKey;
import dev.minilogin.application.wechat.ResetSessionKey;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;

/** The user's session_key, which never leaves this server. */
@DocumentedProblems
@Controller("/v1/me/session-key")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class SessionKeyController {
  private final CheckSessionKey checkSessionKey;
  private final ResetSessionKey resetSessionKey;

  SessionKeyController(CheckSessionKey checkSessionKey, ResetSessionKey resetSessionKey) {
    this.checkSessionKey = checkSessionKey;
    this.resetSessionKey = resetSessionKey;
  }

  /**
   * What WeChat says of the session_key.
   *
   * @param valid whether the one kept here is the user's valid one
   */
  @Serdeable
  @Schema(
      name = "SessionKeyState",
      requiredProperties = {"valid"})
  record SessionKeyState(boolean valid) {}

  @Get
  @LimitedPerUser(LimitedUse.SESSION_KEY_CALLS_PER_USER)
  @Operation(
      summary = "Ask WeChat whether the session_key kept here is still valid",
      description =
          "wx.checkSession can't tell: it doesn't know which session_key the server has. If it is"
              + " not valid, log in with a new code before getting encrypted data.")
  @ApiResponse(responseCode = "200", description = "What WeChat says")
  SessionKeyState check(@Parameter(hidden = true) Caller caller) {
    return switch (checkSessionKey.execute(caller.session())) {
      case CheckSessionKey.Checked(boolean valid) -> new SessionKeyState(valid);
      case CheckSessionKey.Failed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case CheckSessionKey.AccountGone() -> throw ProblemException.accountDeleted();
    };
  }

  @Post("/reset")
  @LimitedPerUser(LimitedUse.SESSION_KEY_CALLS_PER_USER)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Have WeChat replace the session_key, because the old one may be known")
  @ApiResponse(responseCode = "204", description = "There is a new session_key")
  void reset(@Parameter(hidden = true) Caller caller) {
    switch (resetSessionKey.execute(caller.session())) {
      case ResetSessionKey.Reset() -> {}
      case ResetSessionKey.Failed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case ResetSessionKey.AccountGone() -> throw ProblemException.accountDeleted();
    }
  }
}
