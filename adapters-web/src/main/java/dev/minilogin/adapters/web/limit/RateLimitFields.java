package dev.minilogin.adapters.web.limit;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.domain.limit.Decision;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells clients which limits they came under, and what is left of them: the header fields {@code
 * RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-11). On refusals
 * too, so it comes before all filters that refuse.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ServerFilter("/v1/**")
public final class RateLimitFields {
  private static final String ATTRIBUTE = "mini-login.limits";

  /** Who waits comes back when the window has surely ended, by the clock of any instance. */
  private static final Duration MARGIN = Duration.ofMillis(250);

  RateLimitFields() {}

  /** Has the answer to a request tell of a limit. */
  public static void tell(HttpRequest<?> request, Decision decision) {
    limits(request)
        .orElseGet(
            () -> {
              List<Decision> none = new ArrayList<>();
              request.setAttribute(ATTRIBUTE, none);
              return none;
            })
        .add(decision);
  }

  /**
   * The refusal of a request that is over a limit, which it tells of.
   *
   * @param wait how long at the least
   */
  public static ProblemException refusal(HttpRequest<?> request, Decision decision, Duration wait) {
    tell(request, decision);
    return ProblemException.of(ProblemCode.RATE_LIMITED, Optional.of(wait.plus(MARGIN)));
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    limits(request)
        .ifPresent(
            limits -> {
              response.header(
                  "RateLimit-Policy",
                  limits.stream()
                      .map(
                          told ->
                              '"'
                                  + told.limit().name()
                                  + "\";q="
                                  + told.limit().quota()
                                  + ";w="
                                  + told.limit().window().toSeconds())
                      .collect(Collectors.joining(", ")));
              response.header(
                  "RateLimit",
                  limits.stream()
                      .map(
                          told ->
                              '"'
                                  + told.limit().name()
                                  + "\";r="
                                  + told.remaining()
                                  + ";t="
                                  + seconds(told.resetIn()))
                      .collect(Collectors.joining(", ")));
            });
  }

  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  @SuppressWarnings("unchecked")
  private static Optional<List<Decision>> limits(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, List.class).map(limits -> (List<Decision>) limits);
  }
}
