package dev.minilogin.adapters.persistence.review;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.user.UserChanges;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Begins and ends reviews, as a part of the transaction that the caller began. Users are written
 * before reviews, here as everywhere, so that nobody waits for each other.
 */
@Singleton
public final class ReviewChanges {
  private final ReviewChangeRows rows;
  private final UserChanges users;
  private final AuditTrail audit;

  ReviewChanges(ReviewChangeRows rows, UserChanges users, AuditTrail audit) {
    this.rows = rows;
    this.users = users;
    this.audit = audit;
  }

  Optional<User> submit(
      Review review, ProfileChange rest, Profile.Source source, Instant at, Instant retryAt) {
    Optional<User> user =
        users.change(
            review.userId(),
            known ->
                known.changed(rest, source, at).reviewing(review.field(), inReview(review), at));
    if (user.isPresent()) {
      rows.insert(
          Binary.of(review.id()),
          Binary.of(review.userId().value()),
          review.appId().value(),
          review.openId().value(),
          review.field().name(),
          review.value(),
          source.name(),
          review.tries(),
          review.trace().map(TraceId::value).orElse(null),
          at.toEpochMilli(),
          retryAt.toEpochMilli());
    }
    return user;
  }

  private static FieldReview inReview(Review review) {
    return new FieldReview(
        review.id(),
        FieldReview.State.IN_REVIEW,
        review.field() == ProfileField.AVATAR_URL ? Optional.empty() : Optional.of(review.value()));
  }

  /** As {@link dev.minilogin.domain.review.ContentReviews#decide}. */
  public boolean decide(UUID id, Decision decision, Actor by, Instant at) {
    if (decision == Decision.HELD) {
      return rows.hold(Binary.of(id)) == 1;
    }
    Optional<ReviewRow> row = rows.byId(Binary.of(id));
    if (row.isEmpty()) {
      return false;
    }
    Review review = row.get().toReview();
    Profile.Source source = Profile.Source.valueOf(row.get().source());
    users.decide(
        review.userId(),
        user -> isAbout(user, review) ? decided(user, review, source, decision, at) : user);
    if (rows.delete(row.get().id()) == 0) {
      throw new Storage.LostRace("the review was decided or forgotten meanwhile");
    }
    audit.append(AuditEvents.reviewDecided(review, decision, by, at));
    return true;
  }

  private static boolean isAbout(User user, Review review) {
    FieldReview known = user.reviews().get(review.field());
    return known != null && known.review().equals(review.id());
  }

  private static User decided(
      User user, Review review, Profile.Source source, Decision decision, Instant at) {
    return decision == Decision.PASSED
        ? user.changed(
            new ProfileChange(Map.of(review.field(), Optional.of(review.value()))), source, at)
        : user.reviewing(
            review.field(),
            new FieldReview(review.id(), FieldReview.State.REFUSED, Optional.empty()),
            at);
  }

  /** Forgets whatever is under review for a user. */
  public void forgetAll(UserId userId) {
    rows.deleteAllOf(Binary.of(userId.value()));
  }
}
