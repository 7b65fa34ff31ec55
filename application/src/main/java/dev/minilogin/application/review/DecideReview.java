package dev.minilogin.application.review;

import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import java.time.InstantSource;
import java.util.UUID;

/** Decides, for an operator, about content that is held or that WeChat doesn't decide about. */
public final class DecideReview {
  private final ContentReviews reviews;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public DecideReview(ContentReviews reviews, InstantSource clock) {
    this.reviews = reviews;
    this.clock = clock;
  }

  /**
   * Decides.
   *
   * @param passed whether the content is shown
   * @param by who decides
   * @return {@code false}, and nothing changed, if the review was decided before or there is none
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be stored
   */
  public boolean execute(UUID review, boolean passed, Actor by) {
    Decision decision = passed ? Decision.PASSED : Decision.REFUSED;
    return reviews.decide(review, decision, by, clock.instant());
  }
}
