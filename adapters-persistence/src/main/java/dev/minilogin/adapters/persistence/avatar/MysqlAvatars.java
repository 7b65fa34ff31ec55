package dev.minilogin.adapters.persistence.avatar;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The list of pictures in MySQL. */
@Singleton
final class MysqlAvatars implements Avatars {
  private final AvatarRows rows;
  private final Storage storage;

  MysqlAvatars(AvatarRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public void add(AvatarKey key, UserId owner, Instant at) {
    storage.statement(
        "noting a picture",
        () -> rows.add(key.value(), Binary.of(owner.value()), at.toEpochMilli()));
  }

  @Override
  public List<AvatarKey> unused(Instant addedBefore, int limit) {
    return storage
        .statement(
            "looking for unused pictures", () -> rows.unused(addedBefore.toEpochMilli(), limit))
        .stream()
        .map(row -> new AvatarKey(row.avatarKey()))
        .toList();
  }

  @Override
  public void forget(AvatarKey key) {
    storage.statement("forgetting a picture", () -> rows.forget(key.value()));
  }
}
