package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.authentication.OpenToAnyone;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.wechat.ExchangeFailure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;

/** Sessions: logging in, the check, logging out. */
@DocumentedProblems
@Controller("/v1/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Sessions")
class SessionController {
  private final LogIn logIn;
  private final LogOut logOut;

  SessionController(LogIn logIn, LogOut logOut) {
    this.logIn = logIn;
    this.logOut = logOut;
  }

  @Post
  @Status(HttpStatus.CREATED)
  @OpenToAnyone
  @Operation(
      summary = "Log in with a code from wx.login",
      description =
          "Exchanges the code at WeChat, once, and opens a session. With an Idempotency-Key the"
              + " request is safe to send again: for 60 seconds the same code and key give the"
              + " same session and token.")
  @ApiResponse(responseCode = "201", description = "The user is logged in")
  LogInResponse logIn(
      @Body LogInRequest request,
      @Nullable
          @Header("Idempotency-Key")
          @Parameter(description = "1 to 128 letters, digits, ., _, ~ or -; new for each code")
          String idempotencyKey) {
    LogIn.Command command = request.toCommand(Optional.ofNullable(idempotencyKey));
    return switch (logIn.execute(command)) {
      case LogIn.LoggedIn loggedIn -> LogInResponse.of(loggedIn);
      case LogIn.AppUnknown() -> throw ProblemException.of(ProblemCode.UNKNOWN_APP);
      case LogIn.AppDisabled() -> throw ProblemException.of(ProblemCode.APP_DISABLED);
      case LogIn.CodeSentBefore() -> throw ProblemException.of(ProblemCode.CODE_USED);
      case LogIn.UserSuspended() -> throw ProblemException.of(ProblemCode.USER_SUSPENDED);
      case LogIn.NotRecorded(StorageUnavailable failure) ->
          throw ProblemException.of(ProblemCode.LOGIN_NOT_RECORDED, failure);
      case LogIn.ExchangeFailed(ExchangeFailure failure, Optional<Duration> retryAfter) ->
          throw ProblemException.of(problemOf(failure), retryAfter);
    };
  }

  /** What a client is told of a failed exchange. */
  static ProblemCode problemOf(ExchangeFailure failure) {
    return switch (failure) {
      case CODE_INVALID -> ProblemCode.CODE_INVALID;
      case CODE_USED -> ProblemCode.CODE_USED;
      case USER_BLOCKED -> ProblemCode.USER_BLOCKED;
      case RATE_LIMITED -> ProblemCode.WECHAT_RATE_LIMITED;
      case APP_REFUSED -> ProblemCode.WECHAT_MISCONFIGURED;
      case INVALID_ANSWER -> ProblemCode.WECHAT_INVALID_ANSWER;
      case BUSY -> ProblemCode.WECHAT_BUSY;
      case UNREACHABLE -> ProblemCode.WECHAT_UNAVAILABLE;
      case TIMED_OUT -> ProblemCode.WECHAT_TIMEOUT;
    };
  }

  @Get("/current")
  @Operation(summary = "Check the session of this token")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "200", description = "The session is good")
  SessionResponse current(@Parameter(hidden = true) Caller caller) {
    return SessionResponse.ofCurrent(caller);
  }

  @Delete("/current")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Log out")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "204", description = "The session has ended")
  void logOut(@Parameter(hidden = true) Caller caller) {
    logOut.execute(caller.session().id());
  }
}
