package dev.minilogin.domain.review;

import dev.minilogin.domain.miniprogram.ContentPolicy;

/** What WeChat's content security says of a text or a picture ({@code suggest}). */
public enum Verdict {
  /** Nothing against it. */
  PASS,
  /** A person should look at it. */
  REVIEW,
  /** It should not be shown. */
  RISKY;

  /** What becomes of it in a mini program with that policy. */
  public Decision under(ContentPolicy policy) {
    return switch (this) {
      case PASS -> Decision.PASSED;
      case REVIEW -> of(policy.onReview());
      case RISKY -> of(policy.onRisky());
    };
  }

  private static Decision of(ContentPolicy.Treatment treatment) {
    return switch (treatment) {
      case SHOW -> Decision.PASSED;
      case HOLD -> Decision.HELD;
      case REFUSE -> Decision.REFUSED;
    };
  }
}
