package dev.minilogin.adapters.persistence.avatar;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Pictures in MySQL: small ones, which browsers and proxies keep. */
@Singleton
final class MysqlPictureFiles implements PictureFiles {
  private final PictureRows rows;
  private final Storage storage;

  MysqlPictureFiles(PictureRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public void put(AvatarKey key, Picture picture) {
    storage.statement(
        "keeping a picture", () -> rows.put(key.value(), picture.mediaType(), picture.content()));
  }

  @Override
  public Optional<Picture> find(AvatarKey key) {
    return storage
        .statement("reading a picture", () -> rows.byKey(key.value()))
        .map(PictureRow::toPicture);
  }

  @Override
  public void delete(AvatarKey key) {
    storage.statement("deleting a picture", () -> rows.delete(key.value()));
  }
}
