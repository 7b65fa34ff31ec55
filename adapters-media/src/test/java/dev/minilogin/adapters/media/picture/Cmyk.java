package dev.minilogin.adapters.media.picture;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEGs for print: four squares of 16 x 16 pixels in red, white, black and green. */
final class Cmyk {
  /** How inks are stored. */
  enum Kind {
    PLAIN,
    ADOBE,
    ADOBE_YCCK
  }

  private static final int[][] INKS = {
    {0, 255, 255, 0}, {0, 0, 0, 0}, {0, 0, 0, 255}, {255, 0, 255, 0}
  };

  private Cmyk() {}

  static byte[] jpeg(Kind kind) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16 * INKS.length, 16, 4, null);
    for (int x = 0; x < raster.getWidth(); x++) {
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.setPixel(x, y, samples(kind, INKS[x / 16]));
      }
    }
    byte[] jpeg = write(raster);
    return kind == Kind.PLAIN ? jpeg : Uploads.withSegment(jpeg, 0xee, adobe(kind));
  }

  private static int[] samples(Kind kind, int[] inks) {
    if (kind == Kind.PLAIN) {
      return inks;
    }
    // Photoshop stores how much is left of the paper.
    int[] light = {255 - inks[0], 255 - inks[1], 255 - inks[2], 255 - inks[3]};
    if (kind == Kind.ADOBE) {
      return light;
    }
    // YCCK is YCbCr of what the first three samples leave (libjpeg, cmyk_ycck_convert).
    double red = 255 - light[0];
    double green = 255 - light[1];
    double blue = 255 - light[2];
    return new int[] {
      (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue),
      (int) Math.round(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue),
      (int) Math.round(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue),
      light[3]
    };
  }

  private static byte[] adobe(Kind kind) {
    byte[] transform = {(byte) (kind == Kind.ADOBE_YCCK ? 2 : 0)};
    return Uploads.join(Uploads.ascii("Adobe\0d\0\0\0\0"), transform);
  }

  private static byte[] write(Raster raster) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
