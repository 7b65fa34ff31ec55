package dev.minilogin.adapters.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * What every answer of the API carries: it is nobody else's, and it is what it says it is. Before
 * all other filters, so that their refusals carry it too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ServerFilter("/v1/**")
final class ResponseHeaders {
  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    response.getHeaders().set("X-Content-Type-Options", "nosniff");
  }
}
