package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.ApiDescription;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.limit.LimitedPerUser;
import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.application.wechat.ExchangePluginCode;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
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
import java.util.List;
import java.util.Optional;

/** Plugins in the mini program. */
@DocumentedProblems
@Controller("/v1/me/plugin")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Me")
@SecurityRequirement(name = ApiDescription.SESSION_TOKEN)
class PluginController {
  private final ExchangePluginCode exchangePluginCode;

  PluginController(ExchangePluginCode exchangePluginCode) {
    this.exchangePluginCode = exchangePluginCode;
  }

  /** The body: what {@code wx.pluginLogin} gave. */
  @Serdeable
  @Schema(
      name = "PluginRequest",
      requiredProperties = {"code"})
  record PluginRequest(
      @Nullable @Schema(description = "What wx.pluginLogin gave", maxLength = 256) String code) {
    @Override
    public String toString() {
      return "PluginRequest[masked]";
    }
  }

  /** Who the user is to the plugin. */
  @Serdeable
  @Schema(
      name = "PluginUser",
      requiredProperties = {"openpid"})
  record PluginUser(
      @Schema(description = "WeChat's identifier of the user in this plugin") String openpid) {
    @Override
    public String toString() {
      return "PluginUser[masked]";
    }
  }

  @Post
  @LimitedPerUser(LimitedUse.PLUGIN_LOGINS_PER_USER)
  @Status(HttpStatus.OK)
  @Operation(summary = "Exchange a code of wx.pluginLogin for the user's openpid")
  @ApiResponse(responseCode = "200", description = "The user in the plugin")
  PluginUser exchange(@Parameter(hidden = true) Caller caller, @Body PluginRequest request) {
    if (request.code() == null || !PluginCode.isWellFormed(request.code())) {
      throw ProblemException.invalid(
          List.of(new Problem.FieldError("code", "must be 1 to 256 letters, digits, _ or -")));
    }
    PluginCode code = new PluginCode(request.code());
    return switch (exchangePluginCode.execute(caller.session().appId(), code)) {
      case ExchangePluginCode.Exchanged(OpenPid openPid) -> new PluginUser(openPid.value());
      case ExchangePluginCode.Failed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          throw WeChatProblems.of(failure, retryAfter);
      case ExchangePluginCode.AppGone() -> throw ProblemException.of(ProblemCode.UNKNOWN_APP);
    };
  }
}
