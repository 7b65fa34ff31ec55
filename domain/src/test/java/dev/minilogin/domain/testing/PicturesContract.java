package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.avatar.Pictures.Remake;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Pictures} promises, given a way to make uploads. */
public interface PicturesContract {
  /** The adapter under test. */
  Pictures pictures();

  /** A picture as somebody may upload it, of a few kilobytes however large it is. */
  byte[] upload(int width, int height);

  /** The size of a picture that the adapter made. */
  Size sizeOf(Picture picture);

  /** A size in pixels. */
  record Size(int width, int height) {}

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "132, 132, 132, 132",
    "640, 640, 640, 640",
    "641, 641, 640, 640",
    "1280, 640, 640, 320",
    "640, 1280, 320, 640",
    "2000, 500, 640, 160",
    "4000, 2000, 640, 320",
    "4096, 1, 640, 1",
    "1, 4096, 1, 640"
  })
  default void a_picture_is_made_that_fits_and_is_no_larger_than_the_upload(
      int width, int height, int madeWidth, int madeHeight) {
    Picture picture = made(upload(width, height));
    assertThat(sizeOf(picture)).isEqualTo(new Size(madeWidth, madeHeight));
    assertThat(picture.mediaType()).isIn("image/jpeg", "image/png");
    assertThat(picture.content()).isNotEmpty();
  }

  @Test
  default void what_was_made_can_be_uploaded_again() {
    Picture picture = made(upload(1280, 640));
    assertThat(sizeOf(made(picture.content()))).isEqualTo(new Size(640, 320));
  }

  @Test
  default void nothing_but_the_pixels_is_kept() {
    byte[] upload = upload(132, 132);
    byte[] more = "<?php echo 'hidden behind the picture'; ?>".getBytes(StandardCharsets.UTF_8);
    byte[] polyglot = Arrays.copyOf(upload, upload.length + more.length);
    System.arraycopy(more, 0, polyglot, upload.length, more.length);
    if (pictures().remake(polyglot) instanceof Remake.Made(Picture picture)) {
      assertThat(new String(picture.content(), StandardCharsets.ISO_8859_1))
          .doesNotContain("hidden");
      assertThat(sizeOf(picture)).isEqualTo(new Size(132, 132));
    } else {
      assertThat(pictures().remake(polyglot)).isEqualTo(new Remake.Unreadable());
    }
  }

  @ParameterizedTest
  @CsvSource({"4097, 1", "1, 4097", "4096, 1954", "2829, 2829"})
  default void a_picture_with_too_many_pixels_is_too_large(int width, int height) {
    assertThat(pictures().remake(upload(width, height))).isEqualTo(new Remake.TooLarge());
  }

  @Test
  default void an_upload_with_too_many_bytes_is_too_large_whatever_it_is() {
    byte[] upload = upload(132, 132);
    assertThat(pictures().remake(Arrays.copyOf(upload, Pictures.LARGEST_UPLOAD + 1)))
        .isEqualTo(new Remake.TooLarge());
    assertThat(pictures().remake(new byte[Pictures.LARGEST_UPLOAD + 1]))
        .isEqualTo(new Remake.TooLarge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "text", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<html>", "GIF89a"})
  default void what_is_no_picture_is_unreadable(String text) {
    assertThat(pictures().remake(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Remake.Unreadable());
  }

  @Test
  default void noise_is_unreadable() {
    assertThat(pictures().remake(new byte[1000])).isEqualTo(new Remake.Unreadable());
    assertThat(pictures().remake(new byte[Pictures.LARGEST_UPLOAD]))
        .isEqualTo(new Remake.Unreadable());
  }

  @Test
  default void the_beginning_of_a_picture_is_unreadable() {
    byte[] upload = upload(132, 132);
    for (int length : List.of(1, 4, 8, 12)) {
      assertThat(pictures().remake(Arrays.copyOf(upload, length)))
          .isEqualTo(new Remake.Unreadable());
    }
  }

  @Test
  default void of_many_uploads_at_once_each_is_made_or_told_that_it_is_too_busy() {
    byte[] upload = upload(1280, 640);
    List<Remake> remakes = AtOnce.run(32, _ -> pictures().remake(upload));
    assertThat(remakes)
        .allSatisfy(
            remake -> assertThat(remake).isInstanceOfAny(Remake.Made.class, Remake.Busy.class))
        .anyMatch(Remake.Made.class::isInstance);
    assertThat(sizeOf(made(upload))).isEqualTo(new Size(640, 320));
  }

  @Test
  default void an_upload_is_left_as_it_was() {
    byte[] upload = upload(132, 132);
    byte[] before = upload.clone();
    made(upload);
    assertThat(upload).isEqualTo(before);
  }

  private Picture made(byte[] upload) {
    Remake remake = pictures().remake(upload);
    assertThat(remake).isInstanceOf(Remake.Made.class);
    return ((Remake.Made) remake).picture();
  }
}
