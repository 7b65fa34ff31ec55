package dev.minilogin.adapters.media.picture;

import java.awt.image.Raster;

/** Rows of a JPEG for print. Without its colour profile, colours come out roughly. */
final class CmykRows implements Rows {
  private static final int OPAQUE = 0xff000000;

  private final Raster raster;
  private final boolean ycck;
  private final boolean inverted;
  private int[] samples;

  /**
   * @param ycck whether the inks are stored as YCbCr and black
   * @param inverted whether 255 is no ink, as in files that name Adobe
   */
  CmykRows(Raster raster, boolean ycck, boolean inverted) {
    this.raster = raster;
    this.ycck = ycck;
    this.inverted = inverted;
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
      argb[x] = pixel(4 * x);
    }
  }

  private int pixel(int at) {
    int cyan = samples[at];
    int magenta = samples[at + 1];
    int yellow = samples[at + 2];
    if (ycck) {
      float luma = cyan;
      float blueness = magenta - 128;
      float redness = yellow - 128;
      cyan = 255 - level(luma + 1.402f * redness);
      magenta = 255 - level(luma - 0.344136f * blueness - 0.714136f * redness);
      yellow = 255 - level(luma + 1.772f * blueness);
    }
    int light = light(samples[at + 3]);
    return OPAQUE
        | light(cyan) * light / 255 << 16
        | light(magenta) * light / 255 << 8
        | light(yellow) * light / 255;
  }

  /** How much light an ink lets through, 0 to 255. */
  private int light(int ink) {
    return inverted ? ink : 255 - ink;
  }

  private static int level(float value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
