package dev.minilogin.adapters.web;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableByteBody;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Refuses a form that says nonsense of itself, and a body that is larger than its kind needs:
 * before it is read if it says how large it is, else as soon as it is there. The server itself
 * stops reading what is larger than an upload, whatever it says.
 */
@ServerFilter("/**")
final class BodyLimit {
  private static final long LARGEST_DOCUMENT = 64 * 1024;

  /** The server's own parser fails on an empty boundary, and on a character set that it lacks. */
  private static final Pattern FORM =
      Pattern.compile(
          "multipart/form-data(?: *; *charset=utf-8)?"
              + " *; *boundary=(\"?)[0-9a-z'()+_,./:=? -]{1,70}\\1(?: *; *charset=utf-8)? *",
          Pattern.CASE_INSENSITIVE);

  @RequestFilter
  CompletableFuture<Optional<HttpResponse<?>>> check(ServerHttpRequest<?> request) {
    if (isUpload(request)) {
      return isReadable(request)
          ? goOn()
          : CompletableFuture.failedFuture(ProblemException.malformedBody());
    }
    long length = request.byteBody().expectedLength().orElse(request.getContentLength());
    if (length < 0) {
      CloseableByteBody copy = request.byteBody().split(SplitBackpressureMode.FASTEST);
      return copy.buffer()
          .thenCompose(
              body -> {
                try (body) {
                  return check(body.length());
                }
              });
    }
    return check(length);
  }

  private static boolean isUpload(ServerHttpRequest<?> request) {
    return request
        .getContentType()
        .filter(type -> type.matches(MediaType.MULTIPART_FORM_DATA_TYPE))
        .isPresent();
  }

  private static boolean isReadable(ServerHttpRequest<?> request) {
    return FORM.matcher(request.getHeaders().get(HttpHeaders.CONTENT_TYPE, String.class, ""))
        .matches();
  }

  private static CompletableFuture<Optional<HttpResponse<?>>> check(long length) {
    if (length > LARGEST_DOCUMENT) {
      return CompletableFuture.failedFuture(ProblemException.of(ProblemCode.PAYLOAD_TOO_LARGE));
    }
    return goOn();
  }

  private static CompletableFuture<Optional<HttpResponse<?>>> goOn() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
