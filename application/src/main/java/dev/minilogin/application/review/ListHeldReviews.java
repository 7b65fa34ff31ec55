package dev.minilogin.application.review;

import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Review;
import java.util.List;

/** Tells an operator what waits for a decision. */
public final class ListHeldReviews {
  private static final int AT_MOST = 100;

  private final ContentReviews reviews;

  public ListHeldReviews(ContentReviews reviews) {
    this.reviews = reviews;
  }

  /**
   * The reviews that wait for an operator, the oldest first, at most a hundred.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if they can't be read
   */
  public List<Review> execute() {
    return reviews.held(AT_MOST);
  }
}
