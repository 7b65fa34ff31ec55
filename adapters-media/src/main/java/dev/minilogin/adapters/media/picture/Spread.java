package dev.minilogin.adapters.media.picture;

/**
 * Where the pixels of a frame come to lie in one direction, when its canvas is made smaller: each
 * in one pixel, or in two neighbours.
 */
final class Spread {
  private final int[] first;
  private final float[] shareOfFirst;
  private final float[] shareOfSecond;

  /**
   * @param target length that the canvas gets; not more than {@code canvas}
   * @param canvas length of the canvas
   * @param offset of the frame on the canvas
   * @param frame length of the frame on the canvas
   * @param count how many pixels were decoded of the frame's
   */
  Spread(int target, int canvas, int offset, int frame, int count) {
    double scale = (double) target / canvas;
    double step = scale * frame / count;
    this.first = new int[count];
    this.shareOfFirst = new float[count];
    this.shareOfSecond = new float[count];
    for (int i = 0; i < count; i++) {
      double start = offset * scale + i * step;
      double end = start + step;
      first[i] = Math.min((int) start, target - 1);
      double border = first[i] + 1.0;
      shareOfFirst[i] = (float) (Math.min(end, border) - start);
      shareOfSecond[i] = (float) Math.max(0, end - border);
    }
  }

  /** The pixel that the i-th pixel begins in. */
  int first(int i) {
    return first[i];
  }

  /** How much of the pixel that it begins in is covered by the i-th pixel, 0 to 1. */
  float shareOfFirst(int i) {
    return shareOfFirst[i];
  }

  /** How much of the pixel after that is covered by the i-th pixel, 0 to 1. */
  float shareOfSecond(int i) {
    return shareOfSecond[i];
  }
}
