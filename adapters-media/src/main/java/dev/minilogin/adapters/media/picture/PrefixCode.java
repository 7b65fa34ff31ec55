package dev.minilogin.adapters.media.picture;

import java.util.Arrays;

/**
 * A prefix code of a lossless WebP (RFC 9649, section 3.7.2): short codes are looked up, long ones
 * are followed bit by bit.
 */
final class PrefixCode {
  private static final int LONGEST = 15;
  private static final int LOOKED_UP = 8;
  private static final int LENGTH_SYMBOLS = 19;
  private static final int[] LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };
  private static final int LENGTH_BEFORE_ANY = 8;
  private static final int NOT_LOOKED_UP = -1;

  private final int lookedUp;

  /** By the next bits: a code's length, 16 bits up, and its symbol. */
  private final int[] table;

  /** How many codes have each length. */
  private final short[] counts = new short[LONGEST + 1];

  /** By the length of their codes, then by number. */
  private final short[] symbols;

  private PrefixCode(byte[] lengths) throws BrokenPicture {
    int longest = 0;
    for (byte length : lengths) {
      counts[length]++;
      longest = Math.max(longest, length);
    }
    this.symbols = sorted(lengths);
    this.lookedUp = symbols.length == 1 ? 0 : Math.min(longest, LOOKED_UP);
    this.table = new int[1 << lookedUp];
    if (symbols.length == 1) {
      table[0] = symbols[0];
    } else {
      checkComplete();
      fill();
    }
  }

  /** Reads a code's description. */
  static PrefixCode read(BitReader bits, int alphabet) throws BrokenPicture {
    return new PrefixCode(bits.readFlag() ? simple(bits, alphabet) : lengths(bits, alphabet));
  }

  private static byte[] simple(BitReader bits, int alphabet) throws BrokenPicture {
    byte[] lengths = new byte[alphabet];
    boolean two = bits.readFlag();
    mark(lengths, bits.read(bits.readFlag() ? 8 : 1));
    if (two) {
      mark(lengths, bits.read(8));
    }
    return lengths;
  }

  private static void mark(byte[] lengths, int symbol) throws BrokenPicture {
    if (symbol >= lengths.length) {
      throw new BrokenPicture("a symbol outside its alphabet");
    }
    lengths[symbol] = 1;
  }

  private static byte[] lengths(BitReader bits, int alphabet) throws BrokenPicture {
    byte[] lengthsOfLengths = new byte[LENGTH_SYMBOLS];
    int described = 4 + bits.read(4);
    for (int i = 0; i < described; i++) {
      lengthsOfLengths[LENGTH_ORDER[i]] = (byte) bits.read(3);
    }
    PrefixCode lengthCode = new PrefixCode(lengthsOfLengths);
    int codes = bits.readFlag() ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
    byte[] lengths = new byte[alphabet];
    byte previous = LENGTH_BEFORE_ANY;
    int symbol = 0;
    for (; codes > 0 && symbol < alphabet; codes--) {
      int length = lengthCode.read(bits);
      if (length <= LONGEST) {
        lengths[symbol++] = (byte) length;
        previous = length == 0 ? previous : (byte) length;
      } else {
        int repeats =
            switch (length) {
              case 16 -> 3 + bits.read(2);
              case 17 -> 3 + bits.read(3);
              default -> 11 + bits.read(7);
            };
        if (repeats > alphabet - symbol) {
          throw new BrokenPicture("more lengths than symbols");
        }
        for (; repeats > 0; repeats--) {
          lengths[symbol++] = length == 16 ? previous : 0;
        }
      }
    }
    return lengths;
  }

  private short[] sorted(byte[] lengths) throws BrokenPicture {
    int[] offsets = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      offsets[length + 1] = offsets[length] + counts[length];
    }
    short[] sorted = new short[offsets[LONGEST + 1]];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        sorted[offsets[lengths[symbol]]++] = (short) symbol;
      }
    }
    if (sorted.length == 0) {
      throw new BrokenPicture("a code without symbols");
    }
    return sorted;
  }

  private void checkComplete() throws BrokenPicture {
    int left = 1;
    for (int length = 1; length <= LONGEST; length++) {
      left = 2 * left - counts[length];
      if (left < 0) {
        throw new BrokenPicture("more codes than bits");
      }
    }
    if (left > 0) {
      throw new BrokenPicture("bits without a code");
    }
  }

  private void fill() {
    Arrays.fill(table, NOT_LOOKED_UP);
    int code = 0;
    int index = 0;
    for (int length = 1; length <= lookedUp; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int entry = length << 16 | symbols[index++];
        int bits = Integer.reverse(code++) >>> 32 - length;
        for (int at = bits; at < table.length; at += 1 << length) {
          table[at] = entry;
        }
      }
      code <<= 1;
    }
  }

  /** Reads a symbol. */
  int read(BitReader bits) throws BrokenPicture {
    int entry = table[bits.peek(lookedUp)];
    if (entry == NOT_LOOKED_UP) {
      return follow(bits);
    }
    bits.read(entry >>> 16);
    return entry & 0xffff;
  }

  private int follow(BitReader bits) throws BrokenPicture {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= bits.read(1);
      int count = counts[length];
      if (code - first < count) {
        return symbols[index + code - first];
      }
      index += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw new BrokenPicture("no such code");
  }
}
