package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.testing.InMemoryStorage.Open;
import dev.minilogin.domain.testing.InMemoryStorage.Uploaded;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The list of pictures of an {@link InMemoryStorage}. */
public final class InMemoryAvatars implements Avatars {
  private final InMemoryStorage storage;

  public InMemoryAvatars(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public void add(AvatarKey key, UserId owner, Instant at) {
    storage.inOneStep(
        "noting a picture", () -> storage.uploads.putIfAbsent(key, new Uploaded(owner, at)));
  }

  @Override
  public List<AvatarKey> unused(Instant addedBefore, int limit) {
    return storage.inOneStep(
        "looking for unused pictures",
        () -> {
          Set<String> needed = needed();
          return storage.uploads.entrySet().stream()
              .filter(entry -> entry.getValue().at().isBefore(addedBefore))
              .map(Map.Entry::getKey)
              .filter(key -> !needed.contains(key.path()))
              .limit(limit)
              .toList();
        });
  }

  /** What profiles show and open reviews are about. */
  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    Stream.concat(
            storage.usersById.values().stream()
                .flatMap(user -> user.profile().value(ProfileField.AVATAR_URL).stream()),
            storage.openReviews.values().stream().map(Open::review).map(Review::value))
        .forEach(needed::add);
    return needed;
  }

  @Override
  public void forget(AvatarKey key) {
    storage.inOneStep("forgetting a picture", () -> storage.uploads.remove(key));
  }
}
