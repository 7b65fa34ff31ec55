package dev.minilogin.application.avatar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import org.junit.jupiter.api.Test;

class FindAvatarTest {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final FindAvatar findAvatar = new FindAvatar(storage.pictureFiles());
  private final AvatarKey key = Sample.avatarKey();

  @Test
  void whoever_knows_the_key_is_shown_the_picture_as_long_as_there_is_one() {
    byte[] content = Sample.bytes(100);
    assertThat(findAvatar.execute(key)).isEmpty();
    storage.pictureFiles().put(key, new Picture("image/jpeg", content));
    assertThat(findAvatar.execute(key))
        .hasValueSatisfying(
            picture -> {
              assertThat(picture.mediaType()).isEqualTo("image/jpeg");
              assertThat(picture.content()).isEqualTo(content);
            });
    storage.pictureFiles().delete(key);
    assertThat(findAvatar.execute(key)).isEmpty();
  }

  @Test
  void without_the_storage_nobody_is_told_that_there_is_none() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> findAvatar.execute(key));
  }
}
