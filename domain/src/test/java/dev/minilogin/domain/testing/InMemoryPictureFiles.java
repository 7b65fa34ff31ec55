package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import java.util.Optional;

/** The pictures of an {@link InMemoryStorage}. */
public final class InMemoryPictureFiles implements PictureFiles {
  private final InMemoryStorage storage;

  public InMemoryPictureFiles(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public void put(AvatarKey key, Picture picture) {
    Picture copy = copy(picture);
    storage.inOneStep("keeping a picture", () -> storage.picturesByKey.putIfAbsent(key, copy));
  }

  @Override
  public Optional<Picture> find(AvatarKey key) {
    return storage.inOneStep(
        "reading a picture",
        () -> Optional.ofNullable(storage.picturesByKey.get(key)).map(InMemoryPictureFiles::copy));
  }

  @Override
  public void delete(AvatarKey key) {
    storage.inOneStep("deleting a picture", () -> storage.picturesByKey.remove(key));
  }

  private static Picture copy(Picture picture) {
    return new Picture(picture.mediaType(), picture.content().clone());
  }
}
