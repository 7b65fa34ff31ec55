package dev.minilogin.adapters.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vp8lTest {
  /** Of a file, a chunk and a picture. */
  private static final int HEADERS = 20;

  /** By the checksum of the pixels that libwebp decodes. */
  @ParameterizedTest
  @CsvSource({
    "lossless-photo,     151,  101, 1039783126",
    "lossless-alpha,     151,  101, 329533476",
    "lossless-mixed,     300,  200, 4105189754",
    "lossless-colors2,   101,   67, 2806118629",
    "lossless-colors4,   101,   67, 2896641950",
    "lossless-colors16,  101,   67, 1638880074",
    "lossless-colors200, 101,   67, 1550148116",
    "lossless-8mpx,     4096, 1953, 3539442810"
  })
  void sees_what_libwebp_sees(String name, int width, int height, long checksum)
      throws IOException {
    Rows rows = decode(Uploads.webP(name));
    assertThat(rows.width()).isEqualTo(width);
    assertThat(rows.height()).isEqualTo(height);
    ByteBuffer pixels = ByteBuffer.allocate(4 * width * height);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      pixels.asIntBuffer().put(row);
      pixels.position(4 * width * (y + 1));
    }
    CRC32 crc = new CRC32();
    crc.update(pixels.flip());
    assertThat(crc.getValue()).isEqualTo(checksum);
  }

  @Test
  void a_copy_comes_from_the_pixel_that_its_code_means() throws IOException {
    // 1 is the pixel above, 2 the one to the left, 3 the one between both.
    Rows rows = Vp8lFiles.picture(4, 2, bits -> Vp8lFiles.pixelsAndCopy(bits, 3));
    int[] row = new int[4];
    rows.read(1, row);
    assertThat(Arrays.stream(row).map(argb -> argb >> 8 & 0xff).toArray())
        .containsExactly(50, 10, 20, 30);
  }

  @Test
  void a_cut_off_file_is_broken_wherever_it_is_cut_off() {
    byte[] file = Uploads.webP("lossless-colors200");
    for (int length = HEADERS + 5; length < file.length - 8; length += 7) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(BrokenPicture.class);
    }
  }

  @Test
  void a_transform_is_not_done_twice() {
    assertThatThrownBy(() -> decode(Vp8lFiles.manyTransforms(2, 2)))
        .isInstanceOf(BrokenPicture.class);
    assertThatThrownBy(() -> decode(Vp8lFiles.manyTransforms(0, 2)))
        .isInstanceOf(BrokenPicture.class);
  }

  @Test
  void more_codes_than_any_encoder_makes_are_not_read() {
    assertThatThrownBy(() -> decode(Vp8lFiles.manyGroups())).isInstanceOf(BrokenPicture.class);
  }

  private static Rows decode(byte[] file) throws IOException {
    Bytes chunk = new Bytes(file);
    chunk.skip(HEADERS);
    return Vp8l.ofFile(chunk).decode();
  }
}
