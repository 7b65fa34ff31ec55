package dev.minilogin.application.avatar;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import java.util.Optional;

/** Shows a picture to whoever knows its key. */
public final class FindAvatar {
  private final PictureFiles files;

  public FindAvatar(PictureFiles files) {
    this.files = files;
  }

  /**
   * The picture of that key; empty if there is none, or no longer.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be read
   */
  public Optional<Picture> execute(AvatarKey key) {
    return files.find(key);
  }
}
