package dev.minilogin.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param type names the problem's kind: {@code urn:mini-login:problem:} and the code
 * @param title the problem in a few words, the same for each occurrence
 * @param status the HTTP status
 * @param code what happened; stable
 * @param detail this occurrence in words, for developers
 * @param action what the client should do
 * @param traceId finds this occurrence in the server's log
 * @param retryAfter seconds to wait at the least, where waiting helps
 * @param reason why a session has ended
 * @param errors what is wrong with which field
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A problem document (RFC 9457)")
public record Problem(
    String type,
    String title,
    int status,
    ProblemCode code,
    String detail,
    Action action,
    String traceId,
    @Nullable Long retryAfter,
    @Nullable String reason,
    @Nullable List<FieldError> errors) {
  /** The media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * What is wrong with a field.
   *
   * @param field its path in the body, or the header's or parameter's name
   * @param message what it must be, for developers; never repeats the value
   */
  @Serdeable
  @Schema(name = "FieldError")
  public record FieldError(String field, String message) {}
}
