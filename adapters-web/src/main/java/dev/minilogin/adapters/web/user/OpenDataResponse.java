package dev.minilogin.adapters.web.user;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** The answer of {@code POST /v1/me/open-data}. */
@Serdeable
@Schema(
    name = "OpenData",
    requiredProperties = {"data", "at"})
record OpenDataResponse(
    @Schema(
            description = "The data, without openId, unionId and watermark",
            implementation = Object.class,
            type = "object",
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        JsonNode data,
    @Schema(description = "When WeChat made it, by its watermark") Instant at) {
  @Override
  public String toString() {
    return "OpenDataResponse[" + at + "]";
  }
}
