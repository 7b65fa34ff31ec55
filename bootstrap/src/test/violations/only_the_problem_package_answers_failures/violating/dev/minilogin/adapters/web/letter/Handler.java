package dev.minilogin.adapters.web.letter;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.exceptions.ExceptionHandler;

final class Handler implements ExceptionHandler<IllegalStateException, String> {
  @Override
  public String handle(HttpRequest request, IllegalStateException failure) {
    return "failed";
  }
}
