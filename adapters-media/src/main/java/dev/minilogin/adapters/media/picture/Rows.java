package dev.minilogin.adapters.media.picture;

/** Decoded pixels, handed out row by row. */
interface Rows {
  int width();

  int height();

  /**
   * Copies a row.
   *
   * @param argb gets {@link #width()} pixels, 0xAARRGGBB, colours not multiplied by alpha
   */
  void read(int y, int[] argb);
}
