package dev.minilogin.adapters.media.picture;

/**
 * How a picture must be turned to stand upright, as EXIF numbers it (CIPA DC-008, tag 0x0112). Each
 * constant says where the upright picture's left upper corner and its axes are in the stored one.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  LYING_ON_LEFT_SIDE(true, false, true),
  TRANSVERSED(true, true, true),
  LYING_ON_RIGHT_SIDE(true, true, false);

  private static final String EXIF_PREFIX = "Exif\0\0";
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private final boolean swapped;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** What an EXIF block says, with or without its prefix; upright if it is broken or silent. */
  static Orientation ofExif(Bytes exif) {
    try {
      if (exif.hasText(0, EXIF_PREFIX)) {
        exif.skip(EXIF_PREFIX.length());
      }
      return read(exif);
    } catch (BrokenPicture e) {
      return UPRIGHT;
    }
  }

  private static Orientation read(Bytes tiff) throws BrokenPicture {
    boolean lowFirst = tiff.hasText(0, "II*\0");
    if (!lowFirst && !tiff.hasText(0, "MM\0*")) {
      return UPRIGHT;
    }
    tiff.skip(4);
    int directory = lowFirst ? tiff.fourLowFirst() : tiff.fourHighFirst();
    tiff.skip(directory - 8);
    int entries = two(tiff, lowFirst);
    for (int i = 0; i < entries; i++) {
      int tag = two(tiff, lowFirst);
      int type = two(tiff, lowFirst);
      tiff.skip(4);
      int value = two(tiff, lowFirst);
      tiff.skip(2);
      if (tag == TAG && type == SHORT && value >= 1 && value <= values().length) {
        return values()[value - 1];
      }
    }
    return UPRIGHT;
  }

  private static int two(Bytes tiff, boolean lowFirst) throws BrokenPicture {
    return lowFirst ? tiff.twoLowFirst() : tiff.twoHighFirst();
  }

  /** Turns a stored picture upright. */
  Pixels upright(Pixels stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swapped ? stored.height() : stored.width();
    int height = swapped ? stored.width() : stored.height();
    int[] turned = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int storedX = swapped ? y : x;
        int storedY = swapped ? x : y;
        if (fromRight) {
          storedX = stored.width() - 1 - storedX;
        }
        if (fromBottom) {
          storedY = stored.height() - 1 - storedY;
        }
        turned[y * width + x] = stored.rgb()[storedY * stored.width() + storedX];
      }
    }
    return new Pixels(width, height, turned);
  }
}
