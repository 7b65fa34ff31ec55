package dev.minilogin.adapters.wechat.token;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Whether the mini programs get their access tokens, as far as this process knows: it asks nobody.
 * A mini program whose token was not needed yet is not told of.
 */
@Singleton
@Requires(classes = HealthIndicator.class)
final class WeChatHealth implements HealthIndicator {
  private static final String NAME = "wechat";

  private final AccessTokenSource tokens;
  private final InstantSource clock;

  WeChatHealth(AccessTokenSource tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** {@code UNKNOWN} if no token was needed yet, {@code DOWN} if one can't be had. */
  @Override
  public Publisher<HealthResult> getResult() {
    Instant now = clock.instant();
    Map<String, Object> details = new TreeMap<>();
    HealthStatus worst = HealthStatus.UNKNOWN;
    for (Map.Entry<AppId, Known> app : tokens.known().entrySet()) {
      HealthStatus status = status(app.getValue(), now);
      details.put(app.getKey().value(), details(app.getValue(), status));
      worst =
          status.equals(HealthStatus.DOWN) || worst.equals(HealthStatus.UNKNOWN) ? status : worst;
    }
    return Mono.just(HealthResult.builder(NAME, worst).details(details).build());
  }

  private static HealthStatus status(Known known, Instant now) {
    boolean usable = known.usable(now).isPresent();
    boolean hopeless =
        known.refusal().filter(why -> why.failure() == WeChatFailure.APP_REFUSED).isPresent();
    if (hopeless || !usable && known.refusal(now).isPresent()) {
      return HealthStatus.DOWN;
    }
    return usable ? HealthStatus.UP : HealthStatus.UNKNOWN;
  }

  private static Map<String, Object> details(Known known, HealthStatus status) {
    Map<String, Object> details = new TreeMap<>();
    details.put("status", status.getName());
    known.refusal().ifPresent(refusal -> tell(refusal, details));
    return details;
  }

  private static void tell(Refusal refusal, Map<String, Object> details) {
    refusal.errcode().ifPresent(errcode -> details.put("errcode", errcode));
    details.put("advice", RefusalReports.advice(refusal));
  }
}
