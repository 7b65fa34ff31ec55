package dev.minilogin.adapters.media.picture;

/**
 * A rectangle of pixels on a canvas, as a header claims it.
 *
 * @param canvasWidth of the whole picture; what its frame doesn't cover is transparent
 * @param canvasHeight of the whole picture
 * @param x of the frame's left edge on the canvas
 * @param y of the frame's upper edge on the canvas
 * @param width of the frame
 * @param height of the frame
 */
record Frame(int canvasWidth, int canvasHeight, int x, int y, int width, int height) {
  /** A frame that covers its canvas. */
  static Frame whole(int width, int height) {
    return new Frame(width, height, 0, 0, width, height);
  }

  /** Whether it has pixels, all of them on its canvas. */
  boolean isSound() {
    return width > 0
        && height > 0
        && x >= 0
        && y >= 0
        && x <= canvasWidth - width
        && y <= canvasHeight - height;
  }

  /** Whether canvas and frame keep to both limits; a frame that is not sound may break them too. */
  boolean fits(int longestSide, int mostPixels) {
    return fits(canvasWidth, canvasHeight, longestSide, mostPixels)
        && fits(width, height, longestSide, mostPixels);
  }

  private static boolean fits(int width, int height, int longestSide, int mostPixels) {
    return width <= longestSide && height <= longestSide && (long) width * height <= mostPixels;
  }
}
