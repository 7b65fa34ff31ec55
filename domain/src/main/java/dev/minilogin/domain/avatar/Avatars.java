package dev.minilogin.domain.avatar;

import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * Which pictures there are, so that none is kept that nobody needs: a picture that was replaced or
 * refused, whose owner is gone, or whose upload broke off.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked.
 */
public interface Avatars {
  /** Notes a picture before it is kept in {@link PictureFiles}. */
  void add(AvatarKey key, UserId owner, Instant at);

  /**
   * Pictures that no profile shows and no open review is about.
   *
   * @param addedBefore younger ones may be about to be used
   * @param limit at most so many
   */
  List<AvatarKey> unused(Instant addedBefore, int limit);

  /** Forgets a picture that is no longer in {@link PictureFiles}. */
  void forget(AvatarKey key);
}
