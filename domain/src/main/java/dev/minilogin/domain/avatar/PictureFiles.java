package dev.minilogin.domain.avatar;

import java.util.Optional;

/**
 * Where pictures are kept. A key is written once, and what it names never changes.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked.
 */
public interface PictureFiles {
  /** Keeps a picture for good. Keeping the same again changes nothing. */
  void put(AvatarKey key, Picture picture);

  /** The picture of that key; empty if there is none, or no longer. */
  Optional<Picture> find(AvatarKey key);

  /** Forgets a picture. Unknown keys change nothing. */
  void delete(AvatarKey key);
}
