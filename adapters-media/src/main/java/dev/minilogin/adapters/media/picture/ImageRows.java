package dev.minilogin.adapters.media.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Rows of a decoded image. Its samples are taken for sRGB: colour profiles are not applied, and
 * neither is Java's linear grey, which no file means.
 */
final class ImageRows implements Rows {
  private static final int OPAQUE = 0xff000000;

  private final Raster raster;
  private final int bands;

  /** How far each sample is shifted to be a byte. */
  private final int shift;

  /** The palette, or null if samples are levels. */
  private final int[] palette;

  private int[] samples;

  private ImageRows(Raster raster, int shift, int[] palette) {
    this.raster = raster;
    this.bands = raster.getNumBands();
    this.shift = shift;
    this.palette = palette;
  }

  /** The rows of an image with 8 or 16 bits per sample, or with a palette. */
  static Rows of(BufferedImage image) throws BrokenPicture {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel indexed) {
      int[] palette = new int[indexed.getMapSize()];
      indexed.getRGBs(palette);
      return new ImageRows(image.getRaster(), 0, palette);
    }
    int bits = colors.getComponentSize(0);
    if (bits != 8 && bits != 16) {
      throw new BrokenPicture("samples of unknown size");
    }
    return new ImageRows(image.getRaster(), bits - 8, null);
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void read(int y, int[] argb) {
    samples = raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
    for (int x = 0; x < width(); x++) {
      argb[x] = pixel(x * bands);
    }
  }

  private int pixel(int at) {
    if (palette != null) {
      return palette[samples[at]];
    }
    return switch (bands) {
      case 1 -> OPAQUE | level(at) * 0x010101;
      case 2 -> level(at + 1) << 24 | level(at) * 0x010101;
      case 3 -> OPAQUE | rgb(at);
      default -> level(at + 3) << 24 | rgb(at);
    };
  }

  private int rgb(int at) {
    return level(at) << 16 | level(at + 1) << 8 | level(at + 2);
  }

  private int level(int at) {
    return samples[at] >> shift;
  }
}
