package dev.minilogin.adapters.web.limit;

import dev.minilogin.adapters.web.authentication.AuthenticationFilter;
import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.application.limit.CountUse;
import dev.minilogin.domain.limit.LimitedUse;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Limits how often one user may ask what is {@link LimitedPerUser}, once it is known who asks. */
@Order(AuthenticationFilter.ORDER + 1)
@ServerFilter("/v1/**")
final class UserLimit {
  private final CountUse countUse;
  private final ExecutorService blocking;

  UserLimit(CountUse countUse, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.countUse = countUse;
    this.blocking = blocking;
  }

  @RequestFilter
  CompletableFuture<Optional<HttpResponse<?>>> check(HttpRequest<?> request) {
    Optional<LimitedUse> use =
        RouteAttributes.getRouteMatch(request)
            .flatMap(
                route ->
                    route
                        .getAnnotationMetadata()
                        .enumValue(LimitedPerUser.class, LimitedUse.class));
    Optional<Caller> caller = Caller.of(request);
    if (use.isEmpty() || caller.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return CompletableFuture.supplyAsync(
        () -> check(request, use.get(), caller.get().userId().toString()), blocking);
  }

  private Optional<HttpResponse<?>> check(HttpRequest<?> request, LimitedUse use, String user) {
    countUse
        .execute(use, user)
        .ifPresent(
            decision -> {
              if (!decision.allowed()) {
                throw RateLimitFields.refusal(request, decision, decision.resetIn());
              }
              RateLimitFields.tell(request, decision);
            });
    return Optional.empty();
  }
}
