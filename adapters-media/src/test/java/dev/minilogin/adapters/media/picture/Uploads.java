package dev.minilogin.adapters.media.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files as they may be uploaded, and what is in them. */
final class Uploads {
  private static final int AFTER_SOI = 2;
  private static final int AFTER_IHDR = 8 + 25;

  private Uploads() {}

  /**
   * An image of that type.
   *
   * @param color of the pixel at x and y, 0xAARRGGBB
   */
  static BufferedImage image(int type, int width, int height, IntBinaryOperator color) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, color.applyAsInt(x, y));
      }
    }
    return image;
  }

  /** Red above green, blue beside both: no turn of it looks like another. */
  static BufferedImage flag(int width, int height) {
    return image(
        BufferedImage.TYPE_INT_RGB,
        width,
        height,
        (x, y) -> x >= width / 2 ? 0x0000ff : y < height / 2 ? 0xff0000 : 0x00ff00);
  }

  /**
   * An image of four times 16 bits.
   *
   * @param samples red, green, blue and alpha of each pixel
   */
  static BufferedImage deep(int width, int height, int... samples) {
    ComponentColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colors.createCompatibleWritableRaster(width, height);
    raster.setPixels(0, 0, width, height, samples);
    return new BufferedImage(colors, raster, false, null);
  }

  static byte[] png(BufferedImage image) {
    return write(image, "png", false);
  }

  static byte[] gif(BufferedImage image) {
    return write(image, "gif", false);
  }

  static byte[] jpeg(BufferedImage image) {
    return write(image, "jpeg", false);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return write(image, "jpeg", true);
  }

  static byte[] interlacedPng(BufferedImage image) {
    return write(image, "png", true);
  }

  private static byte[] write(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), format).next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(output);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  /** What a file shows, as somebody else's decoder sees it. */
  static BufferedImage decode(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that libwebp's tools made. */
  static byte[] webP(String name) {
    try (InputStream file = Uploads.class.getResourceAsStream("/webp/" + name + ".webp")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JPEG with a segment more, right at its beginning. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    byte[] head = {(byte) 0xff, (byte) marker, 0, 0};
    ByteBuffer.wrap(head).putShort(2, (short) (content.length + 2));
    return insert(jpeg, AFTER_SOI, join(head, content));
  }

  /** A PNG with a chunk more, right after its header. */
  static byte[] withChunk(byte[] png, String name, byte[] content) {
    return insert(png, AFTER_IHDR, chunk(name, content));
  }

  /** A chunk of a PNG. */
  static byte[] chunk(String name, byte[] content) {
    byte[] named = join(ascii(name), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return join(number(content.length), named, number((int) crc.getValue()));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** An EXIF block that has a place on earth, and an orientation. */
  static byte[] exif(int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(128).order(ByteOrder.BIG_ENDIAN);
    exif.put(ascii("Exif\0\0MM\0*")).putInt(8).putShort((short) 2);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    exif.putShort((short) 0);
    exif.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
    exif.putInt(0);
    exif.putShort((short) 1);
    exif.putShort((short) 1).putShort((short) 2).putInt(2).put(ascii("N\0\0\0"));
    exif.putInt(0).put(ascii("GPS 39.9042 116.4074"));
    return Arrays.copyOf(exif.array(), exif.position());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] insert(byte[] file, int at, byte[] more) {
    return join(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  /** Where a text, one byte a character, stands in a file; -1 if nowhere. */
  static int find(byte[] file, String text) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
