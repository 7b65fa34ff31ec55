package dev.minilogin.adapters.media.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** Lossless WebPs that no encoder would make. */
final class Vp8lFiles {
  /** Writes bits, the lowest of each byte first. */
  static final class BitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int octet;
    private int used;

    BitWriter write(int number, int count) {
      for (int i = 0; i < count; i++) {
        octet |= (number >> i & 1) << used++;
        if (used == 8) {
          bytes.write(octet);
          octet = 0;
          used = 0;
        }
      }
      return this;
    }

    byte[] toByteArray() {
      write(0, 7);
      return bytes.toByteArray();
    }
  }

  private Vp8lFiles() {}

  /** A file of that size. */
  static byte[] file(int width, int height, Consumer<BitWriter> stream) {
    byte[] chunk = chunk(width, height, stream);
    byte[] padding = new byte[chunk.length & 1];
    return Uploads.join(
        Uploads.ascii("RIFF"),
        lowFirst(12 + chunk.length + padding.length),
        Uploads.ascii("WEBPVP8L"),
        lowFirst(chunk.length),
        chunk,
        padding);
  }

  private static byte[] chunk(int width, int height, Consumer<BitWriter> stream) {
    BitWriter bits = new BitWriter();
    bits.write(0x2f, 8).write(width - 1, 14).write(height - 1, 14).write(0, 4);
    stream.accept(bits);
    return bits.toByteArray();
  }

  static byte[] lowFirst(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  /** The pixels of a file of that size. */
  static Rows picture(int width, int height, Consumer<BitWriter> stream) throws BrokenPicture {
    return Vp8l.ofFile(new Bytes(chunk(width, height, stream))).decode();
  }

  /**
   * A stream without transforms: pixels of the greens 10, 20, 30, 40 and 50, then a copy of three.
   *
   * @param distanceCode from where
   */
  static void pixelsAndCopy(BitWriter bits, int distanceCode) {
    bits.write(0, 1).write(0, 1).write(0, 1);
    // Symbols have three bits or none; 258 is the length 3.
    List<Integer> symbols = List.of(10, 20, 30, 40, 50, 60, 70, 258);
    bits.write(0, 1).write(2, 4);
    for (int length : new int[] {0, 0, 1, 0, 0, 1}) {
      bits.write(length, 3);
    }
    bits.write(0, 1);
    for (int symbol = 0; symbol < 280; symbol++) {
      bits.write(symbols.contains(symbol) ? 1 : 0, 1);
    }
    for (int i = 0; i < 3; i++) {
      writeSingle(bits, 0);
    }
    writeSingle(bits, distanceCode - 1);
    for (int symbol : new int[] {10, 20, 30, 40, 50, 258}) {
      bits.write(Integer.reverse(symbols.indexOf(symbol)) >>> 29, 3);
    }
  }

  /** A code of one symbol, 0 to 255, which takes no bits. */
  static void writeSingle(BitWriter bits, int symbol) {
    bits.write(1, 1).write(0, 1).write(1, 1).write(symbol, 8);
  }

  /** 4096 x 1953 pixels, transformed so often in the same way. */
  static byte[] manyTransforms(int kind, int count) {
    return file(
        4096,
        1953,
        bits -> {
          for (int i = 0; i < count; i++) {
            bits.write(1, 1).write(kind, 2);
            if (kind < 2) {
              bits.write(0, 3);
              writeFlat(bits, 0);
            }
          }
          bits.write(0, 1);
          bits.write(0, 1);
          writeFlat(bits, 0);
        });
  }

  /** 4096 x 1953 pixels, and 65536 groups of codes for them. */
  static byte[] manyGroups() {
    return file(
        4096,
        1953,
        bits -> {
          bits.write(0, 1).write(0, 1).write(1, 1).write(0, 3);
          writeFlat(bits, 255);
          for (int i = 0; i < 5 * 65536; i++) {
            bits.write(1, 1).write(0, 1).write(0, 1).write(0, 1);
          }
        });
  }

  /** An image of one colour: no cache, and codes of one symbol. */
  private static void writeFlat(BitWriter bits, int level) {
    bits.write(0, 1);
    for (int i = 0; i < 4; i++) {
      writeSingle(bits, level);
    }
    writeSingle(bits, 0);
  }
}
