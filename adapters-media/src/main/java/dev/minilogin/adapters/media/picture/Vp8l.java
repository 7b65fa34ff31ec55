package dev.minilogin.adapters.media.picture;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decodes lossless WebPs (RFC 9649, section 3).
 *
 * <p>We have a decoder of our own, because what a stranger writes in a few bytes must not cost
 * gigabytes or hours: each transform is done once at the most, as the format says, and there are as
 * many groups of prefix codes as encoders make, not as many as can be written.
 */
final class Vp8l {
  private static final int SIGNATURE = 0x2f;

  /** libwebp makes 2600 at the most. */
  private static final int MOST_GROUPS = 4096;

  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int HIGHEST_CACHE_BITS = 11;
  private static final int CACHE_MULTIPLIER = 0x1e35a7bd;

  /**
   * Which pixels the first distance codes mean: 16 times the rows up, 8, less columns to the left.
   */
  private static final int[] NEAR = near();

  private final BitReader bits;
  private final int width;
  private final int height;

  private record Group(
      PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {}

  private Vp8l(BitReader bits, int width, int height) {
    this.bits = bits;
    this.width = width;
    this.height = height;
  }

  /** Reads the header of a picture. */
  static Vp8l ofFile(Bytes chunk) throws BrokenPicture {
    BitReader bits = new BitReader(chunk.toArray());
    if (bits.read(8) != SIGNATURE) {
      throw new BrokenPicture("another signature");
    }
    int width = 1 + bits.read(14);
    int height = 1 + bits.read(14);
    // Whether alpha is used is a hint, and there is one version.
    bits.read(1);
    if (bits.read(3) != 0) {
      throw new BrokenPicture("another version");
    }
    return new Vp8l(bits, width, height);
  }

  /** Transparency, which has no header and is stored as the colour green. */
  static Vp8l ofAlpha(Bytes chunk, int width, int height) {
    return new Vp8l(new BitReader(chunk.toArray()), width, height);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Decodes all pixels. */
  Rows decode() throws BrokenPicture {
    Deque<Vp8lTransform> transforms = new ArrayDeque<>();
    Set<Integer> kinds = new HashSet<>();
    int stored = width;
    while (bits.readFlag()) {
      int kind = bits.read(2);
      if (!kinds.add(kind)) {
        throw new BrokenPicture("a transform that is done twice");
      }
      Vp8lTransform transform = transform(kind, stored);
      stored = transform.storedWidth();
      transforms.push(transform);
    }
    int[] argb = image(stored, height, true);
    for (Vp8lTransform transform : transforms) {
      argb = transform.undo(argb);
    }
    return new ArgbRows(width, height, argb);
  }

  private Vp8lTransform transform(int kind, int stored) throws BrokenPicture {
    return switch (kind) {
      case 0, 1 -> {
        int blockBits = 2 + bits.read(3);
        int blocksAcross = blocks(stored, blockBits);
        int[] blocks = image(blocksAcross, blocks(height, blockBits), false);
        yield kind == 0
            ? new Vp8lTransform.Predict(stored, height, blockBits, blocksAcross, blocks)
            : new Vp8lTransform.Decorrelate(stored, height, blockBits, blocksAcross, blocks);
      }
      case 2 -> new Vp8lTransform.AddGreen(stored);
      default -> {
        int colors = 1 + bits.read(8);
        yield Vp8lTransform.Palette.of(stored, height, image(colors, 1, false));
      }
    };
  }

  private static int blocks(int length, int blockBits) {
    return length + (1 << blockBits) - 1 >> blockBits;
  }

  /**
   * An image in prefix codes.
   *
   * @param main whether it is the picture itself, parts of which may have codes of their own
   */
  private int[] image(int across, int down, boolean main) throws BrokenPicture {
    int cacheBits = bits.readFlag() ? bits.read(4) : 0;
    if (cacheBits > HIGHEST_CACHE_BITS) {
      throw new BrokenPicture("too large a cache");
    }
    int[] cache = cacheBits == 0 ? new int[0] : new int[1 << cacheBits];
    int blockBits = 0;
    int[] groupOfBlock = {0};
    int groups = 1;
    if (main && bits.readFlag()) {
      blockBits = 2 + bits.read(3);
      groupOfBlock = image(blocks(across, blockBits), blocks(down, blockBits), false);
      for (int i = 0; i < groupOfBlock.length; i++) {
        groupOfBlock[i] = groupOfBlock[i] >> 8 & 0xffff;
        groups = Math.max(groups, groupOfBlock[i] + 1);
      }
    }
    if (groups > MOST_GROUPS) {
      throw new BrokenPicture("more codes than any encoder makes");
    }
    Group[] codes = new Group[groups];
    for (int i = 0; i < groups; i++) {
      codes[i] = group(cache.length);
    }
    int[] argb = new int[across * down];
    int blocksAcross = blocks(across, blockBits);
    int at = 0;
    int cached = 0;
    while (at < argb.length) {
      Group code =
          blockBits == 0
              ? codes[0]
              : codes[
                  groupOfBlock[
                      (at / across >> blockBits) * blocksAcross + (at % across >> blockBits)]];
      int symbol = code.green().read(bits);
      if (symbol < LITERALS) {
        int red = code.red().read(bits);
        int blue = code.blue().read(bits);
        int alpha = code.alpha().read(bits);
        argb[at++] = alpha << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTHS) {
        int length = number(symbol - LITERALS);
        int distance = distance(number(code.distance().read(bits)), across);
        if (distance > at || length > argb.length - at) {
          throw new BrokenPicture("a copy from outside or to outside");
        }
        for (int end = at + length; at < end; at++) {
          argb[at] = argb[at - distance];
        }
      } else {
        cached = remember(cache, cacheBits, argb, cached, at);
        argb[at++] = cache[symbol - LITERALS - LENGTHS];
      }
    }
    return argb;
  }

  /** Puts the pixels that were decoded since the last time into the cache. */
  private static int remember(int[] cache, int cacheBits, int[] argb, int from, int to) {
    for (int i = from; i < to; i++) {
      cache[CACHE_MULTIPLIER * argb[i] >>> 32 - cacheBits] = argb[i];
    }
    return to;
  }

  private Group group(int cacheSize) throws BrokenPicture {
    return new Group(
        PrefixCode.read(bits, LITERALS + LENGTHS + cacheSize),
        PrefixCode.read(bits, LITERALS),
        PrefixCode.read(bits, LITERALS),
        PrefixCode.read(bits, LITERALS),
        PrefixCode.read(bits, DISTANCES));
  }

  /** A length or a distance code, of which the lowest bits follow. */
  private int number(int symbol) throws BrokenPicture {
    if (symbol < 4) {
      return symbol + 1;
    }
    int extraBits = symbol - 2 >> 1;
    return (2 + (symbol & 1) << extraBits) + bits.read(extraBits) + 1;
  }

  private static int distance(int code, int across) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * across + 8 - (near & 0xf));
  }

  /** From near to far, from the middle to the sides, and to the left before to the right. */
  private static int[] near() {
    return IntStream.range(0, 128)
        .filter(near -> near >> 4 > 0 || (near & 0xf) < 8)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer near) -> square(near >> 4) + square(8 - (near & 0xf)))
                .thenComparingInt(near -> Math.abs(8 - (near & 0xf)))
                .thenComparingInt(near -> near & 0xf))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int square(int number) {
    return number * number;
  }
}
