package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.application.user.UnbindPhone;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.user.User;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** The user's phone number. */
@DocumentedProblems
@Controller("/v1/me/phone")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class PhoneController {
  private final BindPhone bindPhone;
  private final UnbindPhone unbindPhone;
  private final UserResponses users;

  PhoneController(BindPhone bindPhone, UnbindPhone unbindPhone, UserResponses users) {
    this.bindPhone = bindPhone;
    this.unbindPhone = unbindPhone;
    this.users = users;
  }

  @Post
  @LimitedPerUser(LimitedUse.PHONE_NUMBERS_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Bind the phone number that WeChat vouches for",
      description =
          "A number belongs to one account. If another one has it, the answer is phone-taken: ask"
              + " the user, and send a new code with `move: true` if they want it here. Accounts"
              + " are never merged because of a number. A number gives its user more rights, so the"
              + " session gets a new token, and the one of this request is dead.")
  @ApiResponse(
      responseCode = "200",
      description = "The user, with the number masked, and the session's new token")
  PhoneResponse bind(@Parameter(hidden = true) Caller caller, @Body PhoneRequest request) {
    BindPhone.Result result = bindPhone.execute(request.toCommand(caller.session()));
    if (result instanceof BindPhone.Bound(User user, Optional<BindPhone.Renewed> renewed)) {
      return PhoneResponse.of(users.of(user), renewed);
    }
    throw PhoneProblems.of(result);
  }

  @Delete
  @Operation(summary = "Unbind the phone number")
  @ApiResponse(responseCode = "200", description = "The user, without a number")
  UserResponse unbind(@Parameter(hidden = true) Caller caller) {
    return unbindPhone
        .execute(caller.userId())
        .map(users::of)
        .orElseThrow(ProblemException::accountDeleted);
  }
}
