package dev.minilogin.adapters.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.exceptions.response.HateoasErrorResponseProcessor;
import io.micronaut.json.JsonSyntaxException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The framework's own errors as problem documents. What the framework says of them is not passed
 * on: it may repeat the request.
 */
@Singleton
@Replaces(HateoasErrorResponseProcessor.class)
final class FrameworkProblems implements ErrorResponseProcessor<byte[]> {
  private final Problems problems;

  FrameworkProblems(Problems problems) {
    this.problems = problems;
  }

  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    MutableHttpResponse<byte[]> answer =
        switch (response.code()) {
          case 400 -> badRequest(context);
          case 404 -> problems.answer(context.getRequest(), ProblemCode.NOT_FOUND);
          case 405 -> problems.answer(context.getRequest(), ProblemCode.METHOD_NOT_ALLOWED);
          case 406 -> problems.answer(context.getRequest(), ProblemCode.NOT_ACCEPTABLE);
          case 413 -> problems.answer(context.getRequest(), ProblemCode.PAYLOAD_TOO_LARGE);
          case 415 -> problems.answer(context.getRequest(), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
          case 431 -> problems.answer(context.getRequest(), ProblemCode.REQUEST_HEADERS_TOO_LARGE);
          case 503 -> problems.answer(context.getRequest(), ProblemCode.OVERLOADED);
          default ->
              response.code() < 500
                  ? problems.answer(context.getRequest(), unreadable())
                  : problems.defect(context.getRequest(), context.getRootCause().orElse(null));
        };
    String allow = response.getHeaders().get(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer;
  }

  private MutableHttpResponse<byte[]> badRequest(ErrorContext context) {
    return isMalformedJson(context.getRootCause().orElse(null))
        ? problems.answer(context.getRequest(), ProblemCode.MALFORMED_JSON)
        : problems.answer(context.getRequest(), ProblemException.malformedBody());
  }

  private static boolean isMalformedJson(Throwable failure) {
    boolean malformed = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputCoercionException) {
        // Well-formed, but a number that is out of its range.
        return false;
      }
      malformed |= cause instanceof JsonSyntaxException || cause instanceof JsonProcessingException;
    }
    return malformed;
  }

  private static ProblemException unreadable() {
    return ProblemException.invalid(
        List.of(new Problem.FieldError("request", "is not one that this server can read")));
  }
}
