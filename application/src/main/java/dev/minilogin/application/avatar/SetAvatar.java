package dev.minilogin.application.avatar;

import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a user a new avatar: a picture of ours, made of what they uploaded. Others see it once it
 * has passed its review, if the mini program has avatars reviewed.
 */
public final class SetAvatar {
  /** Longer than WeChat may take, so that a worker doesn't ask at the same time. */
  private static final Duration WORKER_LOOKS_AFTER = Duration.ofSeconds(30);

  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final Pictures pictures;
  private final PictureFiles files;
  private final Avatars avatars;
  private final Users users;
  private final ContentReviews reviews;
  private final ReviewContent reviewContent;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param clock with millisecond precision
   * @param random makes keys and identifiers
   */
  public SetAvatar(
      MiniPrograms miniPrograms,
      Identities identities,
      Pictures pictures,
      PictureFiles files,
      Avatars avatars,
      Users users,
      ContentReviews reviews,
      ReviewContent reviewContent,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.pictures = pictures;
    this.files = files;
    this.avatars = avatars;
    this.users = users;
    this.reviews = reviews;
    this.reviewContent = reviewContent;
    this.clock = clock;
    this.random = random;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** The user has the avatar, or has it under review. */
  public record Taken(User user) implements Result {}

  /** The upload is no picture that we read. */
  public record Unreadable() implements Result {}

  /** The picture has too many bytes or pixels. */
  public record TooLarge() implements Result {}

  /** Too many pictures are being read; nothing was done. */
  public record Busy() implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Sets the avatar.
   *
   * @param appId where the user is logged in: its policy counts
   * @param upload belongs to this use case from now on
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be stored; the old one
   *     stays
   */
  public Result execute(UserId userId, AppId appId, byte[] upload) {
    return switch (pictures.remake(upload)) {
      case Pictures.Remake.Made(Picture picture) -> keep(userId, appId, picture);
      case Pictures.Remake.Unreadable() -> new Unreadable();
      case Pictures.Remake.TooLarge() -> new TooLarge();
      case Pictures.Remake.Busy() -> new Busy();
    };
  }

  private Result keep(UserId userId, AppId appId, Picture picture) {
    Optional<Identity> identity = identities.find(userId, appId);
    Optional<MiniProgram> app = miniPrograms.find(appId);
    if (identity.isEmpty() || app.isEmpty()) {
      return new AccountGone();
    }
    AvatarKey key = AvatarKey.make(random);
    avatars.add(key, userId, clock.instant());
    files.put(key, picture);
    Optional<User> user =
        app.get().policies().content().checked()
            ? review(identity.get(), key)
            : users.changeProfile(userId, avatarIs(key), Profile.Source.USER, clock.instant());
    return user.<Result>map(Taken::new).orElseGet(AccountGone::new);
  }

  private Optional<User> review(Identity identity, AvatarKey key) {
    Instant now = clock.instant();
    Review review =
        new Review(
            TimeOrderedId.make(now, random),
            identity.userId(),
            identity.appId(),
            identity.openId(),
            ProfileField.AVATAR_URL,
            key.path(),
            0,
            Optional.empty());
    Optional<User> user =
        reviews.submit(
            review,
            new ProfileChange(Map.of()),
            Profile.Source.USER,
            now,
            now.plus(WORKER_LOOKS_AFTER));
    if (user.isPresent()) {
      reviewContent.execute(review);
    }
    return user;
  }

  private static ProfileChange avatarIs(AvatarKey key) {
    return new ProfileChange(Map.of(ProfileField.AVATAR_URL, Optional.of(key.path())));
  }
}
