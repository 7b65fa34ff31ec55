package dev.minilogin.application.review;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Has WeChat look at new content, once. Whatever WeChat does, the review is decided, waits for
 * WeChat's push, or is put off: it is never lost and its content is never shown unchecked.
 */
public final class ReviewContent {
  /** WeChat promises the result of a picture within 30 minutes. */
  static final Duration RESULT_DUE = Duration.ofMinutes(35);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final MiniPrograms miniPrograms;
  private final ContentCheck contentCheck;
  private final ContentReviews reviews;
  private final URI publicAddress;
  private final InstantSource clock;

  /**
   * @param publicAddress where WeChat can reach this server: pictures are fetched from there
   * @param clock with millisecond precision
   */
  public ReviewContent(
      MiniPrograms miniPrograms,
      ContentCheck contentCheck,
      ContentReviews reviews,
      URI publicAddress,
      InstantSource clock) {
    this.miniPrograms = miniPrograms;
    this.contentCheck = contentCheck;
    this.reviews = reviews;
    this.publicAddress = publicAddress;
    this.clock = clock;
  }

  /**
   * Has WeChat look at the content of an open review.
   *
   * @return what was decided; empty if nothing is yet
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the outcome can't be stored; the
   *     review is then taken up again
   */
  public Optional<Decision> execute(Review review) {
    Optional<MiniProgram> app = miniPrograms.find(review.appId());
    if (app.isEmpty()) {
      putOff(review, LONGEST_PAUSE);
      return Optional.empty();
    }
    if (!app.get().policies().content().checked()) {
      return decide(review, Decision.PASSED);
    }
    return switch (review.field()) {
      case AVATAR_URL -> sendPicture(app.get(), review);
      default -> checkText(app.get(), review);
    };
  }

  private Optional<Decision> checkText(MiniProgram app, Review review) {
    return switch (contentCheck.text(app, review.openId(), review.value())) {
      case Reply.Given<Verdict>(Verdict verdict) ->
          decide(review, verdict.under(app.policies().content()));
      case Reply.Failed<Verdict>(WeChatFailure failure, Optional<Duration> retryAfter) -> {
        putOff(review, pause(review, failure, retryAfter));
        yield Optional.empty();
      }
    };
  }

  private Optional<Decision> sendPicture(MiniProgram app, Review review) {
    URI address = URI.create(publicAddress + review.value());
    switch (contentCheck.picture(app, review.openId(), address)) {
      case Reply.Given<TraceId>(TraceId trace) ->
          reviews.sent(review.id(), trace, now().plus(resultDue(review)));
      case Reply.Failed<TraceId>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          putOff(review, pause(review, failure, retryAfter));
    }
    return Optional.empty();
  }

  /** Where no result ever comes, because pushes don't reach us, WeChat is asked less and less. */
  private static Duration resultDue(Review review) {
    return RESULT_DUE.multipliedBy(1L << Math.min(review.tries(), 5));
  }

  private Optional<Decision> decide(Review review, Decision decision) {
    return reviews.decide(review.id(), decision, now()) ? Optional.of(decision) : Optional.empty();
  }

  private void putOff(Review review, Duration pause) {
    reviews.putOff(review.id(), now().plus(pause));
  }

  /** Doubles with each try; WeChat's own word counts if it is longer. */
  private static Duration pause(
      Review review, WeChatFailure failure, Optional<Duration> retryAfter) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(review.tries(), 7));
    // Whoever hasn't visited for two hours rarely does so within seconds.
    Duration least = failure == WeChatFailure.NOT_VISITED ? Duration.ofMinutes(10) : Duration.ZERO;
    Duration pause = longer(least, longer(doubled, retryAfter.orElse(Duration.ZERO)));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private Instant now() {
    return clock.instant();
  }
}
