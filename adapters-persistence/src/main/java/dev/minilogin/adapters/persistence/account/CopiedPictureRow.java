package dev.minilogin.adapters.persistence.account;

import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.avatar.AvatarKey;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** What a row of {@code avatars} says of a person. */
@MappedEntity("avatars")
record CopiedPictureRow(@Id String avatarKey, long addedAt) {
  PersonalData.Upload toUpload() {
    return new PersonalData.Upload(new AvatarKey(avatarKey), Instant.ofEpochMilli(addedAt));
  }
}
