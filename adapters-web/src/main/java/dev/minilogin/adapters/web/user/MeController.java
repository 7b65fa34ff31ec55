package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.UpdateProfile;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
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

/** The user behind the token. */
@DocumentedProblems
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class MeController {
  private final UpdateProfile updateProfile;

  MeController(UpdateProfile updateProfile) {
    this.updateProfile = updateProfile;
  }

  @Get
  @Operation(summary = "Read the own profile")
  @ApiResponse(responseCode = "200", description = "The user")
  UserResponse read(@Parameter(hidden = true) Caller caller) {
    return UserResponse.of(caller.user());
  }

  @Patch(consumes = {"application/json", "application/merge-patch+json"})
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

  private UserResponse change(Caller caller, JsonNode body) {
    return updateProfile
        .execute(caller.user().id(), ProfilePatch.read(body))
        .map(UserResponse::of)
        .orElseThrow(() -> ProblemException.sessionEnded("account-deleted"));
  }
}
