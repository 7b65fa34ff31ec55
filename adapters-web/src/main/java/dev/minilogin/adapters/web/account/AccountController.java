package dev.minilogin.adapters.web.account;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.adapters.web.user.UserResponses;
import dev.minilogin.application.account.DeleteAccount;
import dev.minilogin.application.account.ExportAccount;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
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

/** The user's account as a whole. */
@DocumentedProblems
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class AccountController {
  private final DeleteAccount deleteAccount;
  private final ExportAccount exportAccount;
  private final UserResponses users;

  AccountController(DeleteAccount deleteAccount, ExportAccount exportAccount, UserResponses users) {
    this.deleteAccount = deleteAccount;
    this.exportAccount = exportAccount;
    this.users = users;
  }

  @Delete
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete the own account",
      description =
          "At once and for good: in all mini programs where the user is this one, with all"
              + " sessions. If the answer is lost, the next request is told 401 with the reason"
              + " account-deleted. Whoever logs in later is a new user.")
  @ApiResponse(responseCode = "204", description = "The account is gone")
  void delete(@Parameter(hidden = true) Caller caller, @Body FreshCodeRequest request) {
    deleteAccount(caller, request);
  }

  @Post("/deletion")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete the own account, for clients whose DELETE has no body",
      description = "The same as DELETE /v1/me.")
  @ApiResponse(responseCode = "204", description = "The account is gone")
  void postDeletion(@Parameter(hidden = true) Caller caller, @Body FreshCodeRequest request) {
    deleteAccount(caller, request);
  }

  private void deleteAccount(Caller caller, FreshCodeRequest request) {
    switch (deleteAccount.execute(new DeleteAccount.Command(caller.session(), request.toCode()))) {
      case DeleteAccount.Deleted() -> {}
      case DeleteAccount.AccountGone() -> throw ProblemException.accountDeleted();
      case DeleteAccount.UserSuspended() -> throw ProblemException.of(ProblemCode.USER_SUSPENDED);
      case DeleteAccount.CodeSentBefore() -> throw ProblemException.of(ProblemCode.CODE_USED);
      case DeleteAccount.SomebodyElsesCode() -> throw ProblemException.of(ProblemCode.CODE_INVALID);
      case DeleteAccount.ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case DeleteAccount.NotRecorded(StorageUnavailable failure) ->
          throw ProblemException.of(ProblemCode.CODE_LOST, failure);
    }
  }

  @Get("/export")
  @Operation(
      summary = "Get a copy of all that is kept of the user",
      description =
          "With the phone number masked, as everywhere: POST with a fresh code gives the whole"
              + " number.")
  @ApiResponse(responseCode = "200", description = "The copy, to be saved as a file")
  HttpResponse<ExportResponse> export(@Parameter(hidden = true) Caller caller) {
    return export(caller, Optional.empty());
  }

  @Post("/export")
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Get a copy of all that is kept of the user, with the whole phone number",
      description = "The same as GET, but the phone number is not masked.")
  @ApiResponse(responseCode = "200", description = "The copy, to be saved as a file")
  HttpResponse<ExportResponse> exportAll(
      @Parameter(hidden = true) Caller caller, @Body FreshCodeRequest request) {
    return export(caller, Optional.of(request.toCode()));
  }

  private HttpResponse<ExportResponse> export(Caller caller, Optional<LoginCode> code) {
    return switch (exportAccount.execute(new ExportAccount.Command(caller.session(), code))) {
      case ExportAccount.Exported exported ->
          HttpResponse.ok(ExportResponse.of(exported, users::address))
              .header(
                  HttpHeaders.CONTENT_DISPOSITION,
                  "attachment; filename=\"account-" + exported.data().user().id() + ".json\"");
      case ExportAccount.AccountGone() -> throw ProblemException.accountDeleted();
      case ExportAccount.CodeSentBefore() -> throw ProblemException.of(ProblemCode.CODE_USED);
      case ExportAccount.SomebodyElsesCode() -> throw ProblemException.of(ProblemCode.CODE_INVALID);
      case ExportAccount.ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case ExportAccount.CodeLost(StorageUnavailable failure) ->
          throw ProblemException.of(ProblemCode.CODE_LOST, failure);
    };
  }
}
