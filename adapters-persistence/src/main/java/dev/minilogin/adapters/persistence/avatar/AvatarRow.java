package dev.minilogin.adapters.persistence.avatar;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code avatars}. */
@MappedEntity("avatars")
record AvatarRow(@Id String avatarKey) {}
