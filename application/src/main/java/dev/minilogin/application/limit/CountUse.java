package dev.minilogin.application.limit;

import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.limit.Quotas;
import dev.minilogin.domain.limit.RateLimits;
import java.util.Optional;

/** Counts one use of something that may be limited. */
public final class CountUse {
  private final RateLimits limits;
  private final Quotas quotas;

  public CountUse(RateLimits limits, Quotas quotas) {
    this.limits = limits;
    this.quotas = quotas;
  }

  /**
   * Counts it, unless it is over the limit.
   *
   * @param key who uses it
   * @return empty if it isn't limited
   */
  public Optional<Decision> execute(LimitedUse use, String key) {
    return quotas.limit(use).map(limit -> limits.take(limit, key));
  }
}
