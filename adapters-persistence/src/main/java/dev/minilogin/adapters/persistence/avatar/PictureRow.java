package dev.minilogin.adapters.persistence.avatar;

import dev.minilogin.domain.avatar.Picture;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code avatar_pictures}. */
@MappedEntity("avatar_pictures")
record PictureRow(@Id String avatarKey, String mediaType, byte[] content) {
  Picture toPicture() {
    return new Picture(mediaType, content);
  }
}
