package dev.minilogin.adapters.web;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Refuses a body that says that it is larger than its kind needs, before it is read. The server
 * itself stops reading what is larger than an upload, whatever it says.
 */
@ServerFilter("/**")
final class BodyLimit {
  private static final long LARGEST_DOCUMENT = 64 * 1024;

  @RequestFilter
  void check(HttpRequest<?> request) {
    boolean isUpload =
        request
            .getContentType()
            .filter(type -> type.matches(MediaType.MULTIPART_FORM_DATA_TYPE))
            .isPresent();
    if (!isUpload && request.getContentLength() > LARGEST_DOCUMENT) {
      throw ProblemException.of(ProblemCode.PAYLOAD_TOO_LARGE);
    }
  }
}
