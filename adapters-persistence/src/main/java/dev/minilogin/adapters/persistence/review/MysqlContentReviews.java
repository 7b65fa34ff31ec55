package dev.minilogin.adapters.persistence.review;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Queue;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reviews in MySQL. */
@Singleton
final class MysqlContentReviews implements ContentReviews {
  private final ReviewRows rows;
  private final ReviewChanges changes;
  private final Storage storage;

  MysqlContentReviews(ReviewRows rows, ReviewChanges changes, Storage storage) {
    this.rows = rows;
    this.changes = changes;
    this.storage = storage;
  }

  @Override
  public Optional<User> submit(
      Review review, ProfileChange rest, Profile.Source source, Instant at, Instant retryAt) {
    return storage.transaction(
        "putting content under review", () -> changes.submit(review, rest, source, at, retryAt));
  }

  @Override
  public List<Review> claim(Instant now, Instant retryAt, int limit) {
    return Queue.claim(
            limit,
            wanted ->
                storage.statement(
                    "reading the reviews that are due", () -> rows.due(now.toEpochMilli(), wanted)),
            row ->
                storage.statement(
                        "taking a review up",
                        () -> rows.take(row.id(), row.nextTryAt(), retryAt.toEpochMilli()))
                    == 1)
        .stream()
        .map(ReviewRow::toReview)
        .toList();
  }

  @Override
  public boolean putOff(UUID review, Instant retryAt) {
    return storage.statement(
            "putting a review off", () -> rows.putOff(Binary.of(review), retryAt.toEpochMilli()))
        == 1;
  }

  @Override
  public boolean sent(UUID review, TraceId trace, Instant retryAt) {
    return storage.statement(
            "noting that WeChat looks at a picture",
            () -> rows.sent(Binary.of(review), trace.value(), retryAt.toEpochMilli()))
        == 1;
  }

  @Override
  public Optional<Review> find(AppId appId, TraceId trace) {
    return storage
        .statement("finding a review", () -> rows.byTrace(appId.value(), trace.value()))
        .map(ReviewRow::toReview);
  }

  @Override
  public boolean decide(UUID review, Decision decision, Actor by, Instant at) {
    return storage.transaction("deciding a review", () -> changes.decide(review, decision, by, at));
  }

  @Override
  public List<Review> held(int limit) {
    return storage.statement("reading the held reviews", () -> rows.held(limit)).stream()
        .map(ReviewRow::toReview)
        .toList();
  }
}
