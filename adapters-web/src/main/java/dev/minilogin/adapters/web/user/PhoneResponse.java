package dev.minilogin.adapters.web.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.adapters.web.authentication.SessionGrant;
import dev.minilogin.application.user.BindPhone;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** The answer of {@code POST /v1/me/phone}. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "PhoneResponse",
    requiredProperties = {"user", "session"})
record PhoneResponse(
    UserResponse user,
    @Nullable
        @Schema(
            nullable = true,
            description =
                "The session's new token, in place of the one of this request; null if the number"
                    + " was bound before and nothing changed")
        SessionGrant session) {
  static PhoneResponse of(UserResponse user, Optional<BindPhone.Renewed> renewed) {
    return new PhoneResponse(
        user,
        renewed
            .map(grant -> SessionGrant.of(grant.token(), grant.session(), grant.at()))
            .orElse(null));
  }
}
