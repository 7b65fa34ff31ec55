package dev.minilogin.application.avatar;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.failure.Batch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Deletes the pictures that nobody needs: replaced, refused, orphaned. */
public final class SweepAvatars {
  private static final int AT_ONCE = 100;

  /** An upload takes at most seconds from its picture to its profile. */
  private static final Duration SPARE_YOUNGER_THAN = Duration.ofMinutes(10);

  private final Avatars avatars;
  private final PictureFiles files;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public SweepAvatars(Avatars avatars, PictureFiles files, InstantSource clock) {
    this.avatars = avatars;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Deletes some.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done; the rest stays
   *     for the next time
   */
  public int execute() {
    List<AvatarKey> unused = avatars.unused(clock.instant().minus(SPARE_YOUNGER_THAN), AT_ONCE);
    Batch.forEach(
        unused,
        key -> {
          files.delete(key);
          avatars.forget(key);
        });
    return unused.size();
  }
}
