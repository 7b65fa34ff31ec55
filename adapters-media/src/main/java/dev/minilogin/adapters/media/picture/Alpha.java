package dev.minilogin.adapters.media.picture;

/**
 * The transparency of a lossy WebP (RFC 9649, section 2.7.1.2).
 *
 * @param levels row by row, 0 for transparent
 */
record Alpha(int width, int height, byte[] levels) {
  private static final int RAW = 0;
  private static final int LOSSLESS = 1;
  private static final int HORIZONTAL = 1;
  private static final int VERTICAL = 2;
  private static final int GRADIENT = 3;

  /** Decodes a chunk; its size is that of its picture. */
  static Alpha read(Bytes chunk, int width, int height) throws BrokenPicture {
    int flags = chunk.one();
    byte[] levels =
        switch (flags & 3) {
          case RAW -> chunk.part(width * height).toArray();
          case LOSSLESS -> green(Vp8l.ofAlpha(chunk, width, height).decode());
          default -> throw new BrokenPicture("unknown compression");
        };
    Alpha alpha = new Alpha(width, height, levels);
    alpha.unfilter(flags >> 2 & 3);
    return alpha;
  }

  private static byte[] green(Rows rows) {
    byte[] levels = new byte[rows.width() * rows.height()];
    int[] row = new int[rows.width()];
    for (int y = 0; y < rows.height(); y++) {
      rows.read(y, row);
      for (int x = 0; x < row.length; x++) {
        levels[y * row.length + x] = (byte) (row[x] >> 8);
      }
    }
    return levels;
  }

  private void unfilter(int filter) {
    if (filter == 0) {
      return;
    }
    for (int i = 1; i < levels.length; i++) {
      levels[i] += (byte) predict(filter, i);
    }
  }

  private int predict(int filter, int i) {
    if (i < width) {
      return level(i - 1);
    }
    int above = level(i - width);
    boolean first = i % width == 0;
    return switch (filter) {
      case HORIZONTAL -> first ? above : level(i - 1);
      case VERTICAL -> above;
      case GRADIENT ->
          first ? above : Math.clamp(level(i - 1) + above - level(i - width - 1), 0, 255);
      default -> throw new IllegalArgumentException("no such filter");
    };
  }

  private int level(int i) {
    return levels[i] & 0xff;
  }
}
