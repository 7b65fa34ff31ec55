package dev.minilogin.domain.miniprogram;

import java.util.Objects;

/**
 * What a mini program does about nicknames and avatars before others see them.
 *
 * @param checked whether WeChat's content security is asked at all
 * @param onReview what becomes of content that WeChat would have a person look at
 * @param onRisky what becomes of content that WeChat calls risky; never {@link Treatment#SHOW}
 */
public record ContentPolicy(boolean checked, Treatment onReview, Treatment onRisky) {
  /** Checked; what is not passed is refused. */
  public static final ContentPolicy DEFAULT =
      new ContentPolicy(true, Treatment.REFUSE, Treatment.REFUSE);

  /** What becomes of content that WeChat didn't pass. */
  public enum Treatment {
    /** It is shown all the same. */
    SHOW,
    /** It waits, unseen, until an operator decides. */
    HOLD,
    /** It is dropped; the old value stays. */
    REFUSE
  }

  /**
   * @throws IllegalArgumentException if risky content were shown
   */
  public ContentPolicy {
    Objects.requireNonNull(onReview, "onReview");
    if (Objects.requireNonNull(onRisky, "onRisky") == Treatment.SHOW) {
      throw new IllegalArgumentException("risky content must be held or refused");
    }
  }
}
