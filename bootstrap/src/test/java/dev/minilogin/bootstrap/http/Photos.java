package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Files as users upload them, and as nobody should. */
final class Photos {
  private static final int IHDR_ENDS_AT = 8 + 25;

  private Photos() {}

  /**
   * A picture whose left half is red and whose right half is blue.
   *
   * @param format {@code png}, {@code jpeg} or {@code gif}
   */
  static byte[] of(String format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, x < width / 2 ? 0xff0000 : 0x0000ff);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, file)) {
        throw new IllegalArgumentException("nothing writes " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  static byte[] jpeg() {
    return of("jpeg", 64, 48);
  }

  /** One pixel, lossy. */
  static byte[] webP() {
    return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
  }

  /** What a file shows. */
  static BufferedImage decode(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JPEG with an EXIF block that says where it was taken. */
  static byte[] withExif(byte[] jpeg, String place) {
    byte[] text = ("Exif\0\0MM\0*\0\0\0\u0008\0\0\0\0\0\0" + place).getBytes(ISO_8859_1);
    byte[] head = {(byte) 0xff, (byte) 0xe1, 0, (byte) (text.length + 2)};
    return join(Arrays.copyOf(jpeg, 2), head, text, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** A PNG that is correct and whose pixels are all black; it takes little room, however large. */
  static byte[] blackPng(int width, int height) {
    return png(width, height, height * (3L * width + 1));
  }

  /** A PNG of one pixel, and 256 MiB of others that aren't in the picture. */
  static byte[] pngWithTooManyPixelsBehind() {
    return png(1, 1, 1L << 28);
  }

  private static byte[] png(int width, int height, long zeros) {
    return join(
        "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1),
        chunk("IHDR", header(width, height)),
        chunk("IDAT", deflatedZeros(zeros)),
        chunk("IEND", new byte[0]));
  }

  /** Of eight bits for red, green and blue each. */
  private static byte[] header(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return header.put((byte) 8).put((byte) 2).array();
  }

  /** A PNG whose header says another size than it has. */
  static byte[] pngThatClaims(int width, int height) {
    byte[] small = blackPng(1, 1);
    return join(
        Arrays.copyOf(small, 8),
        chunk("IHDR", header(width, height)),
        Arrays.copyOfRange(small, IHDR_ENDS_AT, small.length));
  }

  /** A GIF whose screen is as large as they get. */
  static byte[] gifThatClaimsTheMost() {
    byte[] gif = of("gif", 8, 8);
    Arrays.fill(gif, 6, 10, (byte) 0xff);
    return gif;
  }

  /** A JPEG that says it is as large as they get. */
  static byte[] jpegThatClaimsTheMost() {
    byte[] jpeg = of("jpeg", 16, 16);
    int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c0");
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
    return jpeg;
  }

  private static byte[] deflatedZeros(long count) {
    ByteArrayOutputStream zeros = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated =
        new DeflaterOutputStream(zeros, new Deflater(Deflater.BEST_COMPRESSION), 1 << 16)) {
      byte[] block = new byte[1 << 20];
      for (long left = count; left > 0; left -= block.length) {
        deflated.write(block, 0, (int) Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zeros.toByteArray();
  }

  private static byte[] chunk(String name, byte[] content) {
    byte[] named = join(name.getBytes(ISO_8859_1), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return join(number(content.length), named, number((int) crc.getValue()));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
