package dev.minilogin.adapters.media.picture;

/**
 * Puts a frame on a white canvas and makes the canvas small enough. Each pixel that comes out is
 * the average of the area that it covers.
 */
final class Scaler {
  private static final float WHITE = 255;

  private final int width;
  private final int height;
  private final float[] red;
  private final float[] green;
  private final float[] blue;

  /** How much of each pixel the frame covers, 0 to 1. */
  private final float[] covered;

  private Scaler(int width, int height) {
    this.width = width;
    this.height = height;
    this.red = new float[width * height];
    this.green = new float[width * height];
    this.blue = new float[width * height];
    this.covered = new float[width * height];
  }

  /**
   * The whole canvas, at most {@code side} pixels wide and high and never larger than it was.
   *
   * @param rows the frame's pixels, all or one of several
   */
  static Pixels scale(Frame frame, Rows rows, int side) {
    int longest = Math.max(frame.canvasWidth(), frame.canvasHeight());
    double scale = Math.min(1, (double) side / longest);
    Scaler scaler =
        new Scaler(scaled(frame.canvasWidth(), scale), scaled(frame.canvasHeight(), scale));
    scaler.add(frame, rows);
    return scaler.onWhite();
  }

  private static int scaled(int length, double scale) {
    return Math.max(1, (int) Math.round(length * scale));
  }

  private void add(Frame frame, Rows rows) {
    Spread columns = new Spread(width, frame.canvasWidth(), frame.x(), frame.width(), rows.width());
    Spread lines =
        new Spread(height, frame.canvasHeight(), frame.y(), frame.height(), rows.height());
    int[] row = new int[rows.width()];
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, row);
      add(row, columns, lines.first(y), lines.shareOfFirst(y));
      add(row, columns, lines.first(y) + 1, lines.shareOfSecond(y));
    }
  }

  private void add(int[] row, Spread columns, int line, float share) {
    if (share == 0 || line >= height) {
      return;
    }
    for (int x = 0; x < row.length; x++) {
      int first = line * width + columns.first(x);
      add(row[x], first, share * columns.shareOfFirst(x));
      if (columns.first(x) + 1 < width) {
        add(row[x], first + 1, share * columns.shareOfSecond(x));
      }
    }
  }

  private void add(int argb, int pixel, float share) {
    float opaque = share * (argb >>> 24) / WHITE;
    red[pixel] += opaque * (argb >> 16 & 0xff);
    green[pixel] += opaque * (argb >> 8 & 0xff);
    blue[pixel] += opaque * (argb & 0xff);
    covered[pixel] += opaque;
  }

  private Pixels onWhite() {
    int[] rgb = new int[width * height];
    for (int i = 0; i < rgb.length; i++) {
      float white = WHITE * (1 - covered[i]);
      rgb[i] = level(red[i] + white) << 16 | level(green[i] + white) << 8 | level(blue[i] + white);
    }
    return new Pixels(width, height, rgb);
  }

  private static int level(float value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
