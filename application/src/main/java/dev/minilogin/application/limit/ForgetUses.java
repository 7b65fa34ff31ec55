package dev.minilogin.application.limit;

import dev.minilogin.domain.limit.RateLimits;

/** Forgets what was counted in windows that are over. */
public final class ForgetUses {
  private static final int AT_ONCE = 1_000;

  private final RateLimits limits;

  public ForgetUses(RateLimits limits) {
    this.limits = limits;
  }

  /**
   * Forgets some.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public int execute() {
    return limits.forget(AT_ONCE);
  }
}
