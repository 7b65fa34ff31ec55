package dev.minilogin.adapters.web;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the whole API; the rest is generated from the controllers. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Mini Login",
            version = "1",
            description =
                "Login and user backend for WeChat mini programs. Every error is an RFC 9457"
                    + " problem document: `code` says what happened, `action` what the client"
                    + " should do.",
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
@SecurityScheme(
    name = ApiDescription.SESSION_TOKEN,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The opaque token of POST /v1/sessions")
public final class ApiDescription {
  /** The security scheme of all routes that need a session. */
  public static final String SESSION_TOKEN = "sessionToken";

  private ApiDescription() {}
}
