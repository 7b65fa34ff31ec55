package dev.minilogin.adapters.web.problem;

import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.DecoderException;
import jakarta.inject.Singleton;
import java.nio.charset.IllegalCharsetNameException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which exception becomes which problem. */
@Factory
final class ProblemHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);
  private static final Duration RETRY_STORAGE_AFTER = Duration.ofSeconds(2);

  @Singleton
  ExceptionHandler<ProblemException, HttpResponse<?>> problems(Problems problems) {
    return (request, problem) -> {
      if (problem.getCause() != null) {
        log(request, problem.code().text(), problem.getCause());
      }
      return problems.answer(request, problem);
    };
  }

  /** Netty's, of a form that it can't take apart. */
  @Singleton
  ExceptionHandler<DecoderException, HttpResponse<?>> forms(Problems problems) {
    return (request, _) -> problems.answer(request, ProblemException.malformedBody());
  }

  /** Netty asks the JDK for the character set of a form's part, whatever its name. */
  @Singleton
  ExceptionHandler<IllegalCharsetNameException, HttpResponse<?>> characterSets(Problems problems) {
    return (request, _) -> problems.answer(request, ProblemException.malformedBody());
  }

  @Singleton
  ExceptionHandler<StorageUnavailable, HttpResponse<?>> storage(Problems problems) {
    return (request, failure) -> {
      log(request, failure.getMessage(), failure);
      return problems.answer(
          request,
          ProblemException.of(ProblemCode.STORAGE_UNAVAILABLE, Optional.of(RETRY_STORAGE_AFTER)));
    };
  }

  /**
   * One line and no stack trace: while the database is down, every request comes here. Of the first
   * failure only the kind: its message may hold data.
   */
  private static void log(HttpRequest<?> request, String what, Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String kind = first.getClass().getSimpleName();
    Trace.logFor(request, () -> LOG.error("{}: {}", what, kind));
  }
}
