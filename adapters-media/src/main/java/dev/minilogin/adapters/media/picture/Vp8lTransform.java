package dev.minilogin.adapters.media.picture;

/** What was done to the pixels of a lossless WebP before encoding (RFC 9649, section 3.5). */
sealed interface Vp8lTransform {
  /** How wide the image is that must be decoded to undo this. */
  int storedWidth();

  /**
   * Undoes it.
   *
   * @param argb may be changed
   */
  int[] undo(int[] argb);

  /**
   * Pixels are differences from what their neighbours let expect.
   *
   * @param blocks the prediction of each block, as a colour's green
   */
  record Predict(int width, int height, int blockBits, int blocksAcross, int[] blocks)
      implements Vp8lTransform {
    private static final int BLACK = 0xff000000;

    @Override
    public int storedWidth() {
      return width;
    }

    @Override
    public int[] undo(int[] argb) {
      for (int y = 0, at = 0; y < height; y++) {
        for (int x = 0; x < width; x++, at++) {
          argb[at] = add(argb[at], predict(argb, x, y, at));
        }
      }
      return argb;
    }

    private int predict(int[] argb, int x, int y, int at) {
      if (y == 0) {
        return x == 0 ? BLACK : argb[at - 1];
      }
      int top = argb[at - width];
      if (x == 0) {
        return top;
      }
      int left = argb[at - 1];
      int topLeft = argb[at - width - 1];
      // At the right edge this is the first pixel of the same row, as the format says.
      int topRight = argb[at - width + 1];
      return switch (blocks[(y >> blockBits) * blocksAcross + (x >> blockBits)] >> 8 & 0xf) {
        case 1 -> left;
        case 2 -> top;
        case 3 -> topRight;
        case 4 -> topLeft;
        case 5 -> average(average(left, topRight), top);
        case 6 -> average(left, topLeft);
        case 7 -> average(left, top);
        case 8 -> average(topLeft, top);
        case 9 -> average(top, topRight);
        case 10 -> average(average(left, topLeft), average(top, topRight));
        case 11 -> select(left, top, topLeft);
        case 12 -> gradient(left, top, topLeft);
        case 13 -> halfGradient(average(left, top), topLeft);
        default -> BLACK;
      };
    }

    private static int add(int a, int b) {
      return (a & 0xff00ff00) + (b & 0xff00ff00) & 0xff00ff00
          | (a & 0x00ff00ff) + (b & 0x00ff00ff) & 0x00ff00ff;
    }

    private static int average(int a, int b) {
      return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
    }

    private static int select(int left, int top, int topLeft) {
      int toLeft = 0;
      int toTop = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int corner = topLeft >>> shift & 0xff;
        toLeft += Math.abs((top >>> shift & 0xff) - corner);
        toTop += Math.abs((left >>> shift & 0xff) - corner);
      }
      return toLeft < toTop ? left : top;
    }

    private static int gradient(int left, int top, int topLeft) {
      int sum = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int level = (left >>> shift & 0xff) + (top >>> shift & 0xff) - (topLeft >>> shift & 0xff);
        sum |= Math.clamp(level, 0, 255) << shift;
      }
      return sum;
    }

    private static int halfGradient(int average, int topLeft) {
      int sum = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        int level = average >>> shift & 0xff;
        level += (level - (topLeft >>> shift & 0xff)) / 2;
        sum |= Math.clamp(level, 0, 255) << shift;
      }
      return sum;
    }
  }

  /**
   * Red and blue are differences from what green, and blue from what red lets expect.
   *
   * @param blocks how strongly they depend on each other in each block, as a colour
   */
  record Decorrelate(int width, int height, int blockBits, int blocksAcross, int[] blocks)
      implements Vp8lTransform {
    @Override
    public int storedWidth() {
      return width;
    }

    @Override
    public int[] undo(int[] argb) {
      for (int y = 0, at = 0; y < height; y++) {
        for (int x = 0; x < width; x++, at++) {
          argb[at] = undo(argb[at], blocks[(y >> blockBits) * blocksAcross + (x >> blockBits)]);
        }
      }
      return argb;
    }

    private static int undo(int argb, int factors) {
      int green = argb >> 8;
      int red = (argb >> 16) + product(factors, green) & 0xff;
      int blue = argb + product(factors >> 8, green) + product(factors >> 16, red) & 0xff;
      return argb & 0xff00ff00 | red << 16 | blue;
    }

    private static int product(int factor, int level) {
      return (byte) factor * (byte) level >> 5;
    }
  }

  /** Red and blue are differences from green. */
  record AddGreen(int storedWidth) implements Vp8lTransform {
    @Override
    public int[] undo(int[] argb) {
      for (int i = 0; i < argb.length; i++) {
        int green = argb[i] >> 8 & 0xff;
        argb[i] =
            argb[i] & 0xff00ff00 | (argb[i] & 0x00ff00ff) + (green << 16 | green) & 0x00ff00ff;
      }
      return argb;
    }
  }

  /**
   * Pixels are numbers of colours, several of them in one pixel's green if there are few.
   *
   * @param packingBits the logarithm of how many pixels are in one
   */
  record Palette(int width, int height, int packingBits, int[] colors) implements Vp8lTransform {
    /** A palette, each colour of which is the difference from the one before. */
    static Palette of(int width, int height, int[] differences) {
      for (int i = 1; i < differences.length; i++) {
        differences[i] = Predict.add(differences[i], differences[i - 1]);
      }
      int count = differences.length;
      int packingBits = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0;
      return new Palette(width, height, packingBits, differences);
    }

    @Override
    public int storedWidth() {
      return width + (1 << packingBits) - 1 >> packingBits;
    }

    @Override
    public int[] undo(int[] packed) {
      int[] argb = new int[width * height];
      int numberBits = 8 >> packingBits;
      for (int y = 0, at = 0; y < height; y++) {
        for (int x = 0; x < width; x++, at++) {
          int green = packed[y * storedWidth() + (x >> packingBits)] >> 8 & 0xff;
          int inPixel = x & (1 << packingBits) - 1;
          int number = green >> inPixel * numberBits & (1 << numberBits) - 1;
          argb[at] = number < colors.length ? colors[number] : 0;
        }
      }
      return argb;
    }
  }
}
