package dev.minilogin.adapters.web.authentication;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.session.CheckSession;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a request to the API pass only with a good session token in its Authorization header (RFC
 * 6750, section 2.1), or if its route is open. A token anywhere else is not looked for.
 */
@Order(AuthenticationFilter.ORDER)
@ServerFilter("/v1/**")
public final class AuthenticationFilter {
  /** Filters that need to know who asks come after it; without an order of their own they do. */
  public static final int ORDER = 0;

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]+) *");

  private final CheckSession checkSession;

  AuthenticationFilter(CheckSession checkSession) {
    this.checkSession = checkSession;
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void authenticate(HttpRequest<?> request) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    // Without a route the answer is 404 or 405, whoever asks.
    if (route.isEmpty() || route.get().getAnnotationMetadata().hasAnnotation(OpenToAnyone.class)) {
      return;
    }
    CheckSession.Result result =
        token(request.getHeaders().getAll("Authorization"))
            .map(checkSession::execute)
            .orElseGet(CheckSession.Unknown::new);
    switch (result) {
      case CheckSession.Active(Session session, Instant at) ->
          request.setAttribute(CallerBinder.ATTRIBUTE, new Caller(session, at));
      case CheckSession.Ended(EndReason reason) -> throw ProblemException.sessionEnded(reason);
      case CheckSession.Unknown() -> throw ProblemException.of(ProblemCode.TOKEN_INVALID);
    }
  }

  private static Optional<SessionToken> token(List<String> headers) {
    if (headers.isEmpty()) {
      throw ProblemException.of(ProblemCode.TOKEN_MISSING);
    }
    Matcher bearer = BEARER.matcher(headers.getFirst());
    if (headers.size() > 1 || !bearer.matches()) {
      throw ProblemException.of(ProblemCode.INVALID_AUTHORIZATION);
    }
    return SessionToken.parse(bearer.group(1));
  }
}
