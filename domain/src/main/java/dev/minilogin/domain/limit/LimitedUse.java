package dev.minilogin.domain.limit;

import java.time.Duration;
import java.util.Locale;

/**
 * What is limited. The default quotas are high where many people share an address, as behind the
 * network of a Chinese mobile carrier, and low where only junk gets there.
 */
public enum LimitedUse {
  /** Any request to the API from one network. */
  REQUESTS_PER_NETWORK(12_000, Duration.ofMinutes(1), false),
  /** Logins, good or bad, from one network. */
  LOGINS_PER_NETWORK(1_200, Duration.ofMinutes(1), true),
  /** Codes from one network that WeChat refused, as far as good ones don't make up for them. */
  FAILED_LOGINS_PER_NETWORK(20, Duration.ofMinutes(1), true),
  /** Logins in one mini program. */
  LOGINS_PER_APP(30_000, Duration.ofMinutes(1), true),
  /** Codes in one mini program from networks whose last code was refused. */
  FAILED_LOGINS_PER_APP(20, Duration.ofSeconds(1), true),
  /** Phone numbers that one user has WeChat look up; each costs money. */
  PHONE_NUMBERS_PER_USER(20, Duration.ofHours(1), true),
  /** Checks and resets of one user's session_key. */
  SESSION_KEY_CALLS_PER_USER(60, Duration.ofMinutes(1), true),
  /** Plugin codes of one user. */
  PLUGIN_LOGINS_PER_USER(60, Duration.ofMinutes(1), true),
  /** Profiles and avatars that one user sends, which WeChat may have to check. */
  PROFILE_CHANGES_PER_USER(60, Duration.ofMinutes(1), true);

  private final int defaultQuota;
  private final Duration window;
  private final boolean exact;

  LimitedUse(int defaultQuota, Duration window, boolean exact) {
    this.defaultQuota = defaultQuota;
    this.window = window;
    this.exact = exact;
  }

  /** How often unless the operator says otherwise. */
  public int defaultQuota() {
    return defaultQuota;
  }

  /**
   * This use with a quota.
   *
   * @param quota at least 1
   */
  public Limit limit(int quota) {
    return new Limit(name().toLowerCase(Locale.ROOT).replace('_', '-'), quota, window, exact);
  }
}
