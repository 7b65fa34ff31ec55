package dev.minilogin.application.review;

import dev.minilogin.domain.failure.Batch;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes up the reviews whose time has come: those that WeChat couldn't be asked about, those of
 * which no result came, those that an instance left behind when it ended.
 */
public final class ReviewDueContent {
  private static final int AT_ONCE = 20;

  /** Longer than WeChat may take for as many. */
  private static final Duration GIVE_OUT_AGAIN_AFTER = Duration.ofMinutes(3);

  private final ContentReviews reviews;
  private final ReviewContent reviewContent;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ReviewDueContent(
      ContentReviews reviews, ReviewContent reviewContent, InstantSource clock) {
    this.reviews = reviews;
    this.reviewContent = reviewContent;
    this.clock = clock;
  }

  /**
   * Takes up some reviews.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done; what was taken
   *     up is given out again
   */
  public int execute() {
    Instant now = clock.instant();
    List<Review> due = reviews.claim(now, now.plus(GIVE_OUT_AGAIN_AFTER), AT_ONCE);
    Batch.forEach(due, reviewContent::execute);
    return due.size();
  }
}
