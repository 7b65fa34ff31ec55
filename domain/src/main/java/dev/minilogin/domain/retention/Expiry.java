package dev.minilogin.domain.retention;

import java.time.Duration;

/** What is kept for a time, how long, and counted from when. */
public enum Expiry {
  /**
   * Sessions, from the moment until which they could be used last, whether or not they were ended
   * before. So long their holders are told why they ended.
   */
  SESSIONS(Duration.ofDays(30)),
  /**
   * Claims on codes, from the claim. WeChat takes a code for five minutes; an answer can be had
   * again for one.
   */
  LOGIN_CLAIMS(Duration.ofDays(1)),
  /**
   * The session_keys of an identity, all of them, from the last login or other exchange that
   * brought one. The next login brings a new one.
   */
  SESSION_KEYS(Duration.ofDays(3)),
  /**
   * Pushes whose content is erased, from when they were handled: what is left of them tells
   * duplicates. WeChat delivers a push again within a minute, an attacker what he has seen within
   * the five that a signature is good.
   */
  PUSHES(Duration.ofDays(90)),
  /**
   * Receipts of erasures, and what is left of the users, from the erasure: the general limitation
   * period of China's Civil Code (article 188).
   */
  ERASURE_RECEIPTS(Duration.ofDays(3 * 365 + 1));

  private final Duration after;

  Expiry(Duration after) {
    this.after = after;
  }

  /** How long. */
  public Duration after() {
    return after;
  }
}
