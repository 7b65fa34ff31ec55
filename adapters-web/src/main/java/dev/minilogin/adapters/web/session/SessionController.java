package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.authentication.OpenToAnyone;
import dev.minilogin.adapters.web.network.ClientAddresses;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.adapters.web.user.PhoneProblems;
import dev.minilogin.adapters.web.user.UserResponses;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
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
  private final BindPhone bindPhone;
  private final LogOut logOut;
  private final UserResponses users;
  private final ClientAddresses clientAddresses;

  SessionController(
      LogIn logIn,
      BindPhone bindPhone,
      LogOut logOut,
      UserResponses users,
      ClientAddresses clientAddresses) {
    this.logIn = logIn;
    this.bindPhone = bindPhone;
    this.logOut = logOut;
    this.users = users;
    this.clientAddresses = clientAddresses;
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
      HttpRequest<?> http,
      @Body LogInRequest request,
      @Nullable
          @Header("Idempotency-Key")
          @Parameter(description = "1 to 128 letters, digits, ., _, ~ or -; new for each code")
          String idempotencyKey) {
    LogIn.Command command =
        request.toCommand(
            Optional.ofNullable(idempotencyKey), Optional.of(clientAddresses.of(http).text()));
    return switch (logIn.execute(command)) {
      case LogIn.LoggedIn loggedIn -> withPhone(loggedIn, request.toPhoneCode());
      case LogIn.AppUnknown() -> throw ProblemException.of(ProblemCode.UNKNOWN_APP);
      case LogIn.AppDisabled() -> throw ProblemException.of(ProblemCode.APP_DISABLED);
      case LogIn.CodeSentBefore() -> throw ProblemException.of(ProblemCode.CODE_USED);
      case LogIn.UserSuspended() -> throw ProblemException.of(ProblemCode.USER_SUSPENDED);
      case LogIn.NotRecorded(StorageUnavailable failure) ->
          throw ProblemException.of(ProblemCode.LOGIN_NOT_RECORDED, failure);
      case LogIn.ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
    };
  }

  private LogInResponse withPhone(LogIn.LoggedIn loggedIn, Optional<PhoneCode> code) {
    if (code.isEmpty() || isBoundAlready(loggedIn.login())) {
      return LogInResponse.of(loggedIn, users.of(loggedIn.login().user()), null);
    }
    BindPhone.Command command =
        new BindPhone.Command(loggedIn.login().session(), new BindPhone.ByCode(code.get()), false);
    try {
      return switch (bindPhone.execute(command)) {
        case BindPhone.Bound(User user) -> LogInResponse.of(loggedIn, users.of(user), null);
        case BindPhone.Result other ->
            LogInResponse.of(
                loggedIn, users.of(loggedIn.login().user()), PhoneProblems.of(other).code());
      };
    } catch (StorageUnavailable e) {
      return LogInResponse.of(
          loggedIn, users.of(loggedIn.login().user()), ProblemCode.STORAGE_UNAVAILABLE);
    }
  }

  /** The request was sent again, and the first one bound the number: its code is used up. */
  private static boolean isBoundAlready(Logins.Recorded login) {
    return login
        .user()
        .phone()
        .filter(phone -> !phone.at().isBefore(login.session().createdAt()))
        .isPresent();
  }

  @Get("/current")
  @Operation(summary = "Check the session of this token")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "200", description = "The session is good")
  SessionResponse current(@Parameter(hidden = true) Caller caller) {
    return SessionResponse.ofCurrent(caller, users.of(caller.user()));
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
