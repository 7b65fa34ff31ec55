package dev.minilogin.adapters.web.problem;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the API's description that every route of a controller may answer a problem document. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ApiResponse(
    responseCode = "4XX",
    description = "A problem of the request",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "429",
    description = "Too many requests, to this server or of it to WeChat",
    headers = {
      @Header(
          name = "Retry-After",
          description = "Seconds to wait at the least",
          schema = @Schema(type = "integer")),
      @Header(
          name = "RateLimit-Policy",
          description =
              "The limits that the request came under: quota (q) and window in seconds (w). Other"
                  + " answers have it too",
          schema = @Schema(type = "string")),
      @Header(
          name = "RateLimit",
          description = "What is left of them (r), and for how many seconds (t)",
          schema = @Schema(type = "string"))
    },
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "5XX",
    description = "A problem of this server, or of WeChat",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public @interface DocumentedProblems {}
