package dev.minilogin.adapters.web.problem;

import io.micronaut.http.server.exceptions.ExceptionHandler;

final class Handlers {
  ExceptionHandler<IllegalStateException, Problem> illegalState() {
    return (request, failure) -> new Problem("not-found");
  }
}
