package dev.minilogin.adapters.web.limit;

import dev.minilogin.adapters.web.authentication.AuthenticationFilter;
import dev.minilogin.adapters.web.network.ClientAddresses;
import dev.minilogin.application.limit.CountUse;
import dev.minilogin.domain.limit.LimitedUse;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Limits how often one network may ask the API at all, before a body is read or a token looked at.
 * It never waits, so it may run on the event loop.
 */
@Order(AuthenticationFilter.ORDER - 1)
@ServerFilter("/v1/**")
final class NetworkLimit {
  private final CountUse countUse;
  private final ClientAddresses clientAddresses;

  NetworkLimit(CountUse countUse, ClientAddresses clientAddresses) {
    this.countUse = countUse;
    this.clientAddresses = clientAddresses;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    countUse
        .execute(LimitedUse.REQUESTS_PER_NETWORK, clientAddresses.of(request).network())
        .ifPresent(
            decision -> {
              if (!decision.allowed()) {
                throw RateLimitFields.refusal(request, decision, decision.resetIn());
              }
              RateLimitFields.tell(request, decision);
            });
  }
}
