package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.ReadOpenData;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.wechat.OpenedData;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Open data that a client got from WeChat in encrypted form. */
@DocumentedProblems
@Controller("/v1/me/open-data")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class OpenDataController {
  private final ReadOpenData readOpenData;
  private final CurrentUser currentUser;
  private final JsonMapper json;

  OpenDataController(ReadOpenData readOpenData, CurrentUser currentUser, JsonMapper json) {
    this.readOpenData = readOpenData;
    this.currentUser = currentUser;
    this.json = json;
  }

  @Post
  @LimitedPerUser(LimitedUse.PROFILE_CHANGES_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(
      summary = "Decrypt and verify open data",
      description =
          "The data must be the user's, of this mini program, and ten minutes old at most. What it"
              + " says of the profile is taken over. Ten refusals lock open data for the session.")
  @ApiResponse(responseCode = "200", description = "The data")
  OpenDataResponse read(@Parameter(hidden = true) Caller caller, @Body OpenDataRequest request) {
    return switch (readOpenData.execute(request.toCommand(caller, currentUser))) {
      case ReadOpenData.Opened(OpenedData opened) ->
          new OpenDataResponse(parse(opened.json()), opened.at());
      case ReadOpenData.Refused() -> throw ProblemException.of(ProblemCode.OPEN_DATA_REFUSED);
      case ReadOpenData.NoAttemptsLeft() -> throw ProblemException.of(ProblemCode.OPEN_DATA_LOCKED);
      case ReadOpenData.AccountGone() -> throw ProblemException.accountDeleted();
    };
  }

  private JsonNode parse(String text) {
    try {
      return json.readValue(text, Argument.of(JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException("opened data is a JSON object", e);
    }
  }
}
