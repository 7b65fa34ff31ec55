package dev.minilogin.adapters.web.problem;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponseFactory;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of problem documents, with the headers that belong to them. */
@Singleton
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String TYPE = "urn:mini-login:problem:";

  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** The answer for a problem. */
  public MutableHttpResponse<byte[]> answer(HttpRequest<?> request, ProblemException problem) {
    return answer(
        request,
        problem.code(),
        problem.code().documentation(),
        problem.retryAfter(),
        problem.reason(),
        problem.errors());
  }

  /** The answer for a problem without more to say. */
  public MutableHttpResponse<byte[]> answer(HttpRequest<?> request, ProblemCode code) {
    return answer(request, ProblemException.of(code));
  }

  /** The answer for a defect, which is logged under the trace id that the client is told. */
  public MutableHttpResponse<byte[]> defect(HttpRequest<?> request, @Nullable Throwable cause) {
    Trace.logFor(request, () -> LOG.error("unexpected failure", cause));
    return answer(request, ProblemCode.INTERNAL_ERROR);
  }

  private MutableHttpResponse<byte[]> answer(
      HttpRequest<?> request,
      ProblemCode code,
      String detail,
      Optional<Duration> retryAfter,
      @Nullable String reason,
      List<Problem.FieldError> errors) {
    Problem problem =
        new Problem(
            TYPE + code.text(),
            code.title(),
            code.status(),
            code,
            detail,
            code.action(),
            Trace.idOf(request),
            retryAfter.map(Problems::seconds).orElse(null),
            reason,
            errors.isEmpty() ? null : errors);
    MutableHttpResponse<byte[]> response =
        HttpResponseFactory.INSTANCE
            .<byte[]>status(HttpStatus.valueOf(code.status()))
            .body(bytes(problem))
            .contentType(Problem.MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header("X-Content-Type-Options", "nosniff");
    retryAfter.ifPresent(
        wait -> response.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(wait))));
    challenge(code).ifPresent(text -> response.header(HttpHeaders.WWW_AUTHENTICATE, text));
    return response;
  }

  /** RFC 6750, section 3: a request without a token gets the bare scheme. */
  private static Optional<String> challenge(ProblemCode code) {
    return switch (code) {
      case TOKEN_MISSING -> Optional.of("Bearer");
      case TOKEN_INVALID, SESSION_ENDED -> Optional.of("Bearer error=\"invalid_token\"");
      case INVALID_AUTHORIZATION -> Optional.of("Bearer error=\"invalid_request\"");
      default -> Optional.empty();
    };
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  private byte[] bytes(Problem problem) {
    try {
      return json.writeValueAsBytes(problem);
    } catch (IOException e) {
      throw new UncheckedIOException("a problem document is always writable", e);
    }
  }
}
