package dev.minilogin.application.user;

import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes what is known of a user. A new nickname is shown once WeChat has passed it, if the mini
 * program has content checked; usually that is before this returns.
 */
public final class UpdateProfile {
  /** Longer than WeChat may take, so that a worker doesn't ask at the same time. */
  private static final Duration WORKER_LOOKS_AFTER = Duration.ofSeconds(30);

  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final Users users;
  private final ContentReviews reviews;
  private final ReviewContent reviewContent;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param clock with millisecond precision
   * @param random makes identifiers
   */
  public UpdateProfile(
      MiniPrograms miniPrograms,
      Identities identities,
      Users users,
      ContentReviews reviews,
      ReviewContent reviewContent,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.users = users;
    this.reviews = reviews;
    this.reviewContent = reviewContent;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is asked for.
   *
   * @param user as just read
   * @param appId where the user is logged in: its policy counts
   * @param source who tells us
   */
  public record Command(User user, AppId appId, ProfileChange change, Profile.Source source) {}

  /** What came of it. */
  public sealed interface Result {}

  /** The user after the change. */
  public record Updated(User user) implements Result {}

  /**
   * The avatar is neither one of WeChat's nor was it uploaded here, so that nobody could have
   * looked at it; nothing was changed.
   */
  public record ForeignAvatar() implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Applies a change to the user's profile.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be stored
   */
  public Result execute(Command command) {
    Optional<MiniProgram> app = miniPrograms.find(command.appId());
    if (app.isEmpty()) {
      return new AccountGone();
    }
    boolean checked = app.get().policies().content().checked();
    if (isForeignAvatar(command, checked)) {
      return new ForeignAvatar();
    }
    Optional<User> user =
        checked
            ? change(withoutWhatIsShown(command))
            : users.changeProfile(
                command.user().id(), command.change(), command.source(), clock.instant());
    return user.<Result>map(Updated::new).orElseGet(AccountGone::new);
  }

  private static boolean isForeignAvatar(Command command, boolean checked) {
    return value(command.change(), ProfileField.AVATAR_URL)
        .filter(url -> !isCurrent(command.user(), ProfileField.AVATAR_URL, url))
        .filter(url -> url.startsWith("/") || checked && !ProfileField.isPictureOfWeChat(url))
        .isPresent();
  }

  /**
   * The command without a nickname or avatar that is shown already. It isn't written again: it may
   * have been taken away meanwhile, and would come back unchecked. To have it back in place of a
   * new one that is under review is a change, and reviewed.
   */
  private static Command withoutWhatIsShown(Command command) {
    Map<ProfileField, Optional<String>> left = new EnumMap<>(ProfileField.class);
    left.putAll(command.change().values());
    for (ProfileField field : List.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL)) {
      boolean shown =
          value(command.change(), field)
              .filter(value -> isCurrent(command.user(), field, value))
              .isPresent();
      boolean replaces =
          field == ProfileField.NICKNAME && command.user().reviews().containsKey(field);
      if (shown && !replaces) {
        left.remove(field);
      }
    }
    return new Command(command.user(), command.appId(), new ProfileChange(left), command.source());
  }

  private Optional<User> change(Command command) {
    Optional<String> nickname = value(command.change(), ProfileField.NICKNAME);
    return nickname.isPresent()
        ? review(command, nickname.get())
        : users.changeProfile(
            command.user().id(), command.change(), command.source(), clock.instant());
  }

  private static Optional<String> value(ProfileChange change, ProfileField field) {
    return change
        .values()
        .getOrDefault(field, Optional.empty())
        .filter(text -> !field.isPlaceholder(text));
  }

  private static boolean isCurrent(User user, ProfileField field, String value) {
    return user.profile().value(field).equals(Optional.of(value));
  }

  private Optional<User> review(Command command, String nickname) {
    Optional<Identity> identity = identities.find(command.user().id(), command.appId());
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    if (isInReview(command.user(), nickname)) {
      return users.changeProfile(
          command.user().id(), rest(command), command.source(), clock.instant());
    }
    Instant now = clock.instant();
    Review review =
        new Review(
            TimeOrderedId.make(now, random),
            command.user().id(),
            command.appId(),
            identity.get().openId(),
            ProfileField.NICKNAME,
            nickname,
            0,
            Optional.empty());
    Optional<User> submitted =
        reviews.submit(review, rest(command), command.source(), now, now.plus(WORKER_LOOKS_AFTER));
    if (submitted.isEmpty() || reviewContent.execute(review).isEmpty()) {
      return submitted;
    }
    return users.find(command.user().id()).filter(user -> user.status() != User.Status.DELETED);
  }

  /** Sent again, it need not be looked at again. */
  private static boolean isInReview(User user, String nickname) {
    FieldReview review = user.reviews().get(ProfileField.NICKNAME);
    return review != null
        && review.state() == FieldReview.State.IN_REVIEW
        && review.value().equals(Optional.of(nickname));
  }

  private static ProfileChange rest(Command command) {
    Map<ProfileField, Optional<String>> rest = new EnumMap<>(ProfileField.class);
    rest.putAll(command.change().values());
    rest.remove(ProfileField.NICKNAME);
    return new ProfileChange(rest);
  }
}
