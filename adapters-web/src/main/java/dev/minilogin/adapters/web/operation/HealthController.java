package dev.minilogin.adapters.web.operation;

import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.operation.CheckReadiness;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;

/** Whether this instance lives, and whether it should be sent requests. */
@DocumentedProblems
@Controller("/health")
@Tag(name = "Health")
class HealthController {
  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

  private final CheckReadiness checkReadiness;
  private final Draining draining;

  HealthController(CheckReadiness checkReadiness, Draining draining) {
    this.checkReadiness = checkReadiness;
    this.draining = draining;
  }

  /**
   * What a load balancer is told.
   *
   * @param status always {@code UP}; an instance that isn't answers with another HTTP status
   */
  @Serdeable
  @Schema(name = "Health")
  record Health(String status) {
    static final Health UP = new Health("UP");
  }

  @Get("/live")
  @Operation(summary = "Whether the process lives; if not, restart it")
  @ApiResponse(responseCode = "200", description = "It lives")
  Health live() {
    return Health.UP;
  }

  @Get("/ready")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Whether requests can be served; if not, send them elsewhere")
  @ApiResponse(responseCode = "200", description = "They can")
  Health ready() {
    if (draining.hasBegun() || !checkReadiness.execute()) {
      throw ProblemException.of(ProblemCode.NOT_READY, Optional.of(ASK_AGAIN_AFTER));
    }
    return Health.UP;
  }
}
