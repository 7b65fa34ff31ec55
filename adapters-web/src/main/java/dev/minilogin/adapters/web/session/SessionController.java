package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.authentication.OpenToAnyone;
import dev.minilogin.adapters.web.limit.RateLimitFields;
import dev.minilogin.adapters.web.network.ClientAddress;
import dev.minilogin.adapters.web.network.ClientAddresses;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.adapters.web.user.CurrentUser;
import dev.minilogin.adapters.web.user.PhoneProblems;
import dev.minilogin.adapters.web.user.UserResponses;
import dev.minilogin.application.limit.CountUse;
import dev.minilogin.application.session.EndOtherSessions;
import dev.minilogin.application.session.EndSession;
import dev.minilogin.application.session.ListSessions;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogInWithinLimits;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.SessionId;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions: logging in, the check, logging out. */
@DocumentedProblems
@Controller("/v1/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Sessions")
class SessionController {
  private final LogInWithinLimits logIn;
  private final BindPhone bindPhone;
  private final LogOut logOut;
  private final ListSessions listSessions;
  private final EndSession endSession;
  private final EndOtherSessions endOtherSessions;
  private final CurrentUser currentUser;
  private final UserResponses users;
  private final CountUse countUse;
  private final ClientAddresses clientAddresses;

  SessionController(
      LogInWithinLimits logIn,
      BindPhone bindPhone,
      LogOut logOut,
      ListSessions listSessions,
      EndSession endSession,
      EndOtherSessions endOtherSessions,
      CurrentUser currentUser,
      UserResponses users,
      CountUse countUse,
      ClientAddresses clientAddresses) {
    this.logIn = logIn;
    this.bindPhone = bindPhone;
    this.logOut = logOut;
    this.listSessions = listSessions;
    this.endSession = endSession;
    this.endOtherSessions = endOtherSessions;
    this.currentUser = currentUser;
    this.users = users;
    this.countUse = countUse;
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
    ClientAddress client = clientAddresses.of(http);
    LogIn.Command command =
        request.toCommand(Optional.ofNullable(idempotencyKey), Optional.of(client.text()));
    return switch (logIn.execute(command, client.network())) {
      case LogInWithinLimits.TooOften(Decision limit, Duration retryAfter) ->
          throw RateLimitFields.refusal(http, limit, retryAfter);
      case LogInWithinLimits.Done(LogIn.Result result, List<Decision> counted) -> {
        counted.forEach(decision -> RateLimitFields.tell(http, decision));
        yield answer(result, request.toPhoneCode());
      }
    };
  }

  private LogInResponse answer(LogIn.Result result, Optional<PhoneCode> phoneCode) {
    return switch (result) {
      case LogIn.LoggedIn loggedIn -> withPhone(loggedIn, phoneCode);
      case LogIn.AppUnknown() -> throw ProblemException.of(ProblemCode.UNKNOWN_APP);
      case LogIn.AppDisabled() -> throw ProblemException.of(ProblemCode.APP_DISABLED);
      case LogIn.BuildNotAdmitted() -> throw ProblemException.of(ProblemCode.BUILD_NOT_ADMITTED);
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
    if (mayNotBind(loggedIn.login().user())) {
      return LogInResponse.of(
          loggedIn, users.of(loggedIn.login().user()), ProblemCode.RATE_LIMITED);
    }
    BindPhone.Command command =
        new BindPhone.Command(
            loggedIn.login().session(), false, new BindPhone.ByCode(code.get()), false);
    try {
      return switch (bindPhone.execute(command)) {
        case BindPhone.Bound(User user, Optional<BindPhone.Renewed> _) ->
            LogInResponse.of(loggedIn, users.of(user), null);
        case BindPhone.Result other ->
            LogInResponse.of(
                loggedIn, users.of(loggedIn.login().user()), PhoneProblems.of(other).code());
      };
    } catch (StorageUnavailable e) {
      return LogInResponse.of(
          loggedIn, users.of(loggedIn.login().user()), ProblemCode.STORAGE_UNAVAILABLE);
    }
  }

  private boolean mayNotBind(User user) {
    return countUse
        .execute(LimitedUse.PHONE_NUMBERS_PER_USER, user.id().toString())
        .filter(decision -> !decision.allowed())
        .isPresent();
  }

  /** The request was sent again, and the first one bound the number: its code is used up. */
  private static boolean isBoundAlready(Logins.Recorded login) {
    return login
        .user()
        .phone()
        .filter(phone -> !phone.at().isBefore(login.session().createdAt()))
        .isPresent();
  }

  @Get
  @Operation(summary = "List where the user is logged in")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "200", description = "The user's good sessions")
  SessionListResponse list(@Parameter(hidden = true) Caller caller) {
    return SessionListResponse.of(listSessions.execute(caller.userId()), caller);
  }

  @Get("/current")
  @Operation(summary = "Check the session of this token")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "200", description = "The session is good")
  SessionResponse current(@Parameter(hidden = true) Caller caller) {
    return SessionResponse.ofCurrent(caller, users.of(currentUser.of(caller)));
  }

  @Delete("/current")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Log out")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "204", description = "The session has ended")
  void logOut(@Parameter(hidden = true) Caller caller) {
    logOut.execute(caller.session());
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "End one of the user's sessions",
      description =
          "The answer is the same whether the session was good, ended before, another user's or"
              + " never there.")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "204", description = "The user has no such session")
  void end(
      @Parameter(hidden = true) Caller caller,
      @Parameter(description = "The session's public handle") String id) {
    endSession.execute(caller.userId(), sessionId(id));
  }

  @Delete
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "End all of the user's sessions but this one")
  @SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
  @ApiResponse(responseCode = "204", description = "This is the user's only session")
  void endOthers(
      @Parameter(hidden = true) Caller caller,
      @Nullable
          @QueryValue
          @Parameter(required = true, description = "`true`, so that nobody ends all by mistake")
          String others) {
    if (!"true".equals(others)) {
      throw ProblemException.invalid(List.of(new Problem.FieldError("others", "must be true")));
    }
    endOtherSessions.execute(caller.session());
  }

  private static SessionId sessionId(String text) {
    try {
      return new SessionId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          List.of(new Problem.FieldError("id", "must be a session's public handle")));
    }
  }
}
