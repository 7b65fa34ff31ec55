package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.testing.InMemoryStorage.Open;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The reviews of an {@link InMemoryStorage}. */
public final class InMemoryContentReviews implements ContentReviews {
  private final InMemoryStorage storage;

  public InMemoryContentReviews(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<User> submit(
      Review review, ProfileChange rest, Profile.Source source, Instant at, Instant retryAt) {
    return storage.inOneStep(
        "putting content under review",
        () -> {
          Optional<User> user =
              storage.change(
                  review.userId(),
                  known ->
                      known
                          .changed(rest, source, at)
                          .reviewing(review.field(), inReview(review), at));
          if (user.isPresent()) {
            storage.openReviews.put(review.id(), new Open(review, source, at, retryAt, false));
          }
          return user;
        });
  }

  private static FieldReview inReview(Review review) {
    return new FieldReview(
        review.id(),
        FieldReview.State.IN_REVIEW,
        review.field() == ProfileField.AVATAR_URL ? Optional.empty() : Optional.of(review.value()));
  }

  @Override
  public List<Review> claim(Instant now, Instant retryAt, int limit) {
    return storage.inOneStep(
        "taking reviews up",
        () -> {
          List<Review> due =
              storage.openReviews.values().stream()
                  .filter(open -> !open.held() && !open.retryAt().isAfter(now))
                  .sorted(Comparator.comparing(Open::retryAt))
                  .limit(limit)
                  .map(Open::review)
                  .toList();
          due.forEach(
              review -> change(review.id(), open -> open.at(retryAt).with(triedAgain(review))));
          return due;
        });
  }

  private static Review triedAgain(Review review) {
    return new Review(
        review.id(),
        review.userId(),
        review.appId(),
        review.openId(),
        review.field(),
        review.value(),
        review.tries() + 1,
        review.trace());
  }

  @Override
  public boolean putOff(UUID review, Instant retryAt) {
    return storage.inOneStep(
        "putting a review off", () -> changeUnheld(review, open -> open.at(retryAt)));
  }

  @Override
  public boolean sent(UUID review, TraceId trace, Instant retryAt) {
    return storage.inOneStep(
        "noting that WeChat looks at a picture",
        () -> changeUnheld(review, open -> open.at(retryAt).with(traced(open.review(), trace))));
  }

  private static Review traced(Review review, TraceId trace) {
    return new Review(
        review.id(),
        review.userId(),
        review.appId(),
        review.openId(),
        review.field(),
        review.value(),
        review.tries(),
        Optional.of(trace));
  }

  @Override
  public Optional<Review> find(AppId appId, TraceId trace) {
    return storage.inOneStep(
        "finding a review",
        () ->
            storage.openReviews.values().stream()
                .map(Open::review)
                .filter(review -> review.appId().equals(appId))
                .filter(review -> review.trace().equals(Optional.of(trace)))
                .findFirst());
  }

  @Override
  public boolean decide(UUID review, Decision decision, Actor by, Instant at) {
    return storage.inOneStep("deciding a review", () -> decideInStep(review, decision, by, at));
  }

  /** To be called within a step. */
  boolean decideInStep(UUID id, Decision decision, Actor by, Instant at) {
    if (decision == Decision.HELD) {
      return change(id, Open::heldBack);
    }
    Open open = storage.openReviews.remove(id);
    if (open == null) {
      return false;
    }
    Review review = open.review();
    storage.change(
        review.userId(),
        user -> {
          FieldReview shown = user.reviews().get(review.field());
          return shown == null || !shown.review().equals(id)
              ? user
              : decided(user, open, decision, at);
        });
    storage.audit(AuditEvents.reviewDecided(review, decision, by, at));
    return true;
  }

  private static User decided(User user, Open open, Decision decision, Instant at) {
    Review review = open.review();
    return decision == Decision.PASSED
        ? user.changed(
            new ProfileChange(Map.of(review.field(), Optional.of(review.value()))),
            open.source(),
            at)
        : user.reviewing(
            review.field(),
            new FieldReview(review.id(), FieldReview.State.REFUSED, Optional.empty()),
            at);
  }

  @Override
  public List<Review> held(int limit) {
    return storage.inOneStep(
        "reading the held reviews",
        () ->
            storage.openReviews.values().stream()
                .filter(Open::held)
                .limit(limit)
                .map(Open::review)
                .toList());
  }

  private boolean changeUnheld(UUID id, UnaryOperator<Open> change) {
    Open open = storage.openReviews.get(id);
    return open != null && !open.held() && change(id, change);
  }

  private boolean change(UUID id, UnaryOperator<Open> change) {
    return storage.openReviews.computeIfPresent(id, (_, open) -> change.apply(open)) != null;
  }
}
