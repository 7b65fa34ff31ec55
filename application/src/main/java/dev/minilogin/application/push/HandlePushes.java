package dev.minilogin.application.push;

import dev.minilogin.domain.failure.Batch;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushContent;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets pushes take effect. Any number of instances may do so at once, and each may end at any
 * moment: every push takes effect once.
 */
public final class HandlePushes {
  private static final int AT_ONCE = 50;
  private static final Duration GIVE_OUT_AGAIN_AFTER = Duration.ofSeconds(20);

  /** A result may be pushed before we have noted under which name it will be. */
  private static final Duration WAIT_FOR_REVIEW = Duration.ofMinutes(10);

  private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** After WeChat couldn't fetch a picture: our address may be wrong for a while. */
  private static final Duration SEND_AGAIN_AFTER = Duration.ofMinutes(5);

  private final PushInbox inbox;
  private final Identities identities;
  private final MiniPrograms miniPrograms;
  private final ContentReviews reviews;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public HandlePushes(
      PushInbox inbox,
      Identities identities,
      MiniPrograms miniPrograms,
      ContentReviews reviews,
      InstantSource clock) {
    this.inbox = inbox;
    this.identities = identities;
    this.miniPrograms = miniPrograms;
    this.reviews = reviews;
    this.clock = clock;
  }

  /**
   * Handles some of the pushes that wait.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done; what was taken
   *     up is given out again
   */
  public int execute() {
    Instant now = clock.instant();
    List<Push> pushes = inbox.claim(now, now.plus(GIVE_OUT_AGAIN_AFTER), AT_ONCE);
    Batch.forEach(pushes, this::handle);
    return pushes.size();
  }

  private void handle(Push push) {
    Instant now = clock.instant();
    effectOf(push, now)
        .ifPresentOrElse(
            effect -> inbox.settle(push.id(), effect, now),
            () -> inbox.putOff(push.id(), now.plus(pause(push))));
  }

  /** Empty if that can't be said yet. */
  private Optional<PushEffect> effectOf(Push push, Instant now) {
    return switch (push.event().content()) {
      case PushContent.Modified(OpenId openId) ->
          Optional.of(of(push, openId, user -> new PushEffect.Clean(user, until(push))));
      case PushContent.Revoked(OpenId openId, Set<ProfileField> fields, boolean phone) ->
          Optional.of(
              of(push, openId, user -> new PushEffect.Erase(user, fields, phone, until(push))));
      case PushContent.Cancelled(OpenId openId) ->
          Optional.of(
              identities
                  .find(push.appId(), openId)
                  .map(Identity::userId)
                  .<PushEffect>map(PushEffect.EraseAccount::new)
                  .orElseGet(PushEffect.Forget::new));
      case PushContent.Checked checked -> decision(push, checked, now);
      case PushContent.Other() -> Optional.of(new PushEffect.None());
    };
  }

  /** WeChat's clock counts in seconds, and ours may differ a little. */
  private static Instant until(Push push) {
    Instant created = push.event().createdAt();
    // Were it the epoch, a push that doesn't say when it was made would erase nothing.
    return (created.equals(Instant.EPOCH) ? push.receivedAt() : created).plus(CLOCKS_DIFFER_BY);
  }

  private PushEffect of(Push push, OpenId openId, Function<UserId, PushEffect> effect) {
    return identities
        .find(push.appId(), openId)
        .map(Identity::userId)
        .map(effect)
        .orElseGet(PushEffect.None::new);
  }

  private Optional<PushEffect> decision(Push push, PushContent.Checked checked, Instant now) {
    Optional<Review> review = reviews.find(push.appId(), checked.trace());
    if (review.isEmpty()) {
      boolean mayCome = now.isBefore(push.receivedAt().plus(WAIT_FOR_REVIEW));
      return mayCome ? Optional.empty() : Optional.of(new PushEffect.None());
    }
    if (checked.verdict().isEmpty()) {
      reviews.putOff(review.get().id(), now.plus(sendAgainAfter(review.get())));
      return Optional.of(new PushEffect.None());
    }
    Verdict verdict = checked.verdict().get();
    ContentPolicy policy =
        miniPrograms
            .find(push.appId())
            .map(MiniProgram::policies)
            .map(policies -> policies.content())
            .orElse(ContentPolicy.DEFAULT);
    return Optional.of(new PushEffect.Decide(review.get().id(), verdict.under(policy)));
  }

  private static Duration sendAgainAfter(Review review) {
    return SEND_AGAIN_AFTER.multipliedBy(1L << Math.min(review.tries(), 8));
  }

  private static Duration pause(Push push) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(push.tries(), 7));
  }
}
