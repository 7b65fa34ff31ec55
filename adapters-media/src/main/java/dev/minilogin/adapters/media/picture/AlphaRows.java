package dev.minilogin.adapters.media.picture;

/** Rows whose transparency comes from elsewhere; the nearest level is taken. */
final class AlphaRows implements Rows {
  private final Rows colors;
  private final Alpha alpha;

  AlphaRows(Rows colors, Alpha alpha) {
    this.colors = colors;
    this.alpha = alpha;
  }

  @Override
  public int width() {
    return colors.width();
  }

  @Override
  public int height() {
    return colors.height();
  }

  @Override
  public void read(int y, int[] argb) {
    colors.read(y, argb);
    int row = y * alpha.height() / height() * alpha.width();
    for (int x = 0; x < width(); x++) {
      int level = alpha.levels()[row + x * alpha.width() / width()];
      argb[x] = level << 24 | argb[x] & 0xffffff;
    }
  }
}
