package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.failure.StorageUnavailable;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link PictureFiles} promises. */
public interface PictureFilesContract {
  /** The adapter under test. */
  PictureFiles pictureFiles();

  /** An adapter of the same kind whose storage can't be asked. */
  PictureFiles unreachablePictureFiles();

  @Test
  default void an_unknown_key_has_no_picture() {
    keep(new Picture("image/png", new byte[] {1}));
    assertThat(pictureFiles().find(Sample.avatarKey())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "image/png"})
  default void a_picture_comes_back_byte_for_byte(String mediaType) {
    byte[] everyByte = new byte[512];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    AvatarKey key = keep(new Picture(mediaType, everyByte.clone()));
    assertKept(key, mediaType, everyByte);
    assertKept(key, mediaType, everyByte);
  }

  @Test
  default void a_large_picture_comes_back_whole() {
    // Noise of 640 by 640 pixels, as large as a PNG of ours can be.
    byte[] content = Sample.bytes(640 * 640 * 3 + 1024);
    assertKept(keep(new Picture("image/png", content)), "image/png", content);
  }

  @Test
  default void each_key_has_its_own_picture() {
    byte[] one = Sample.bytes(100);
    byte[] other = Sample.bytes(100);
    AvatarKey oneKey = keep(new Picture("image/png", one));
    AvatarKey otherKey = keep(new Picture("image/jpeg", other));
    assertKept(oneKey, "image/png", one);
    assertKept(otherKey, "image/jpeg", other);
  }

  @Test
  default void keys_that_differ_only_in_case_are_two() {
    AvatarKey upper = new AvatarKey("A".repeat(4) + Sample.avatarKey().value().substring(4));
    AvatarKey lower = new AvatarKey("a".repeat(4) + upper.value().substring(4));
    byte[] content = Sample.bytes(100);
    pictureFiles().put(upper, new Picture("image/png", content));
    assertThat(pictureFiles().find(lower)).isEmpty();
    pictureFiles().delete(lower);
    assertKept(upper, "image/png", content);
  }

  @Test
  default void keeping_the_same_again_changes_nothing() {
    byte[] content = Sample.bytes(100);
    AvatarKey key = keep(new Picture("image/jpeg", content));
    pictureFiles().put(key, new Picture("image/jpeg", content));
    assertKept(key, "image/jpeg", content);
  }

  @Test
  default void keeping_the_same_many_times_at_once_keeps_it() {
    byte[] content = Sample.bytes(1000);
    AvatarKey key = Sample.avatarKey();
    AtOnce.run(
        8,
        _ -> {
          pictureFiles().put(key, new Picture("image/jpeg", content));
          return true;
        });
    assertKept(key, "image/jpeg", content);
  }

  @Test
  default void what_is_given_or_got_is_a_copy() {
    byte[] content = Sample.bytes(100);
    byte[] given = content.clone();
    AvatarKey key = keep(new Picture("image/png", given));
    given[0]++;
    pictureFiles().find(key).orElseThrow().content()[1]++;
    assertKept(key, "image/png", content);
  }

  @Test
  default void a_deleted_picture_is_gone_and_no_other_is() {
    AvatarKey deleted = keep(new Picture("image/png", Sample.bytes(100)));
    byte[] content = Sample.bytes(100);
    AvatarKey other = keep(new Picture("image/png", content));
    pictureFiles().delete(deleted);
    assertThat(pictureFiles().find(deleted)).isEmpty();
    assertKept(other, "image/png", content);
    pictureFiles().delete(deleted);
    pictureFiles().delete(Sample.avatarKey());
    assertKept(other, "image/png", content);
  }

  @Test
  default void pictures_of_an_unreachable_storage_are_neither_there_nor_not() {
    AvatarKey key = Sample.avatarKey();
    List<Consumer<PictureFiles>> calls =
        List.of(
            port -> port.put(key, new Picture("image/png", new byte[] {1})),
            port -> port.find(key),
            port -> port.delete(key));
    calls.forEach(
        call ->
            assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> call.accept(unreachablePictureFiles())));
  }

  private AvatarKey keep(Picture picture) {
    AvatarKey key = Sample.avatarKey();
    pictureFiles().put(key, picture);
    return key;
  }

  private void assertKept(AvatarKey key, String mediaType, byte[] content) {
    Picture found = pictureFiles().find(key).orElseThrow();
    assertThat(found.mediaType()).isEqualTo(mediaType);
    assertThat(found.content()).isEqualTo(content);
  }
}
