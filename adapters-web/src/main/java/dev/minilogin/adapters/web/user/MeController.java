package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.application.user.OpenMessage;
import dev.minilogin.application.user.UpdateProfile;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The user behind the token. */
@DocumentedProblems
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class MeController {
  private final UpdateProfile updateProfile;
  private final OpenMessage openMessage;
  private final CurrentUser currentUser;
  private final UserResponses users;
  private final PublicAddress here;
  private final JsonMapper json;

  MeController(
      UpdateProfile updateProfile,
      OpenMessage openMessage,
      CurrentUser currentUser,
      UserResponses users,
      PublicAddress here,
      JsonMapper json) {
    this.updateProfile = updateProfile;
    this.openMessage = openMessage;
    this.currentUser = currentUser;
    this.users = users;
    this.here = here;
    this.json = json;
  }

  @Get
  @Operation(summary = "Read the own profile")
  @ApiResponse(responseCode = "200", description = "The user")
  UserResponse read(@Parameter(hidden = true) Caller caller) {
    return users.of(currentUser.of(caller));
  }

  @Patch(consumes = {"application/json", "application/merge-patch+json"})
  @LimitedPerUser(LimitedUse.PROFILE_CHANGES_PER_USER)
  @Operation(summary = "Change the own profile")
  @ApiResponse(responseCode = "200", description = "The user after the change")
  UserResponse patch(
      @Parameter(hidden = true) Caller caller,
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ProfilePatch.class)))
          @Body
          JsonNode body) {
    return change(caller, body);
  }

  @Post
  @LimitedPerUser(LimitedUse.PROFILE_CHANGES_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Change the own profile, for wx.request",
      description = "The same as PATCH, which wx.request can't send.")
  @ApiResponse(responseCode = "200", description = "The user after the change")
  UserResponse post(
      @Parameter(hidden = true) Caller caller,
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = ProfilePatch.class)))
          @Body
          JsonNode body) {
    return change(caller, body);
  }

  @Post("/encrypted")
  @LimitedPerUser(LimitedUse.SESSION_KEY_CALLS_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Change the own profile through the encrypted channel",
      description =
          "The same as POST /v1/me with a body that nobody between the phone and this server can"
              + " read: `data` is the merge patch, encrypted with the key of"
              + " wx.getUserCryptoManager().getLatestUserKey that has this `version`.")
  @ApiResponse(responseCode = "200", description = "The user after the change")
  UserResponse postEncrypted(
      @Parameter(hidden = true) Caller caller, @Body EncryptedMessage message) {
    return switch (openMessage.execute(message.toCommand(caller.session()))) {
      case OpenMessage.Opened(String text) -> change(caller, parse(text));
      case OpenMessage.Refused() -> throw ProblemException.of(ProblemCode.OPEN_DATA_REFUSED);
      case OpenMessage.NoAttemptsLeft() -> throw ProblemException.of(ProblemCode.OPEN_DATA_LOCKED);
      case OpenMessage.Failed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case OpenMessage.AccountGone() -> throw ProblemException.accountDeleted();
    };
  }

  private JsonNode parse(String text) {
    try {
      return json.readValue(text, Argument.of(JsonNode.class));
    } catch (IOException e) {
      throw ProblemException.of(ProblemCode.MALFORMED_JSON);
    }
  }

  private UserResponse change(Caller caller, JsonNode body) {
    ProfileChange change = ProfilePatch.read(body, here);
    UpdateProfile.Command command =
        new UpdateProfile.Command(
            currentUser.of(caller), caller.session().appId(), change, Profile.Source.USER);
    return switch (updateProfile.execute(command)) {
      case UpdateProfile.Updated(User user) -> users.of(user);
      case UpdateProfile.ForeignAvatar() ->
          throw ProblemException.invalid(
              List.of(
                  new Problem.FieldError(
                      "avatarUrl",
                      "must be null, the present one or a picture of WeChat's; upload others at"
                          + " /v1/me/avatar")));
      case UpdateProfile.AccountGone() -> throw ProblemException.accountDeleted();
    };
  }
}
