package dev.minilogin.adapters.web;

import dev.minilogin.adapters.web.problem.Trace;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Has the trace id of a request in each log line that the request causes. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ServerFilter("/**")
final class TraceInLogs {
  @RequestFilter
  void begin(HttpRequest<?> request, MutablePropagatedContext context) {
    Trace.keepInLogs(request, context);
  }
}
