package dev.minilogin.adapters.media.picture;

/**
 * Rows of pixels that are all decoded.
 *
 * @param argb row by row, 0xAARRGGBB
 */
record ArgbRows(int width, int height, int[] argb) implements Rows {
  @Override
  public void read(int y, int[] row) {
    System.arraycopy(argb, y * width, row, 0, width);
  }
}
