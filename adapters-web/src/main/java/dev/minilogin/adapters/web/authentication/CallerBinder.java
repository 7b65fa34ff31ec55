package dev.minilogin.adapters.web.authentication;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Gives a controller the caller that the filter let pass. */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
  static final String ATTRIBUTE = "mini-login.caller";

  @Override
  public Argument<Caller> argumentType() {
    return Argument.of(Caller.class);
  }

  @Override
  public BindingResult<Caller> bind(
      ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
    Optional<Caller> caller = request.getAttribute(ATTRIBUTE, Caller.class);
    return () -> caller;
  }
}
