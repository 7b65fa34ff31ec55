package dev.minilogin.adapters.media.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files that claim or do much. */
final class Bombs {
  private static final byte[] NONE = {};

  private Bombs() {}

  /**
   * All of them, by name; some are pictures that are allowed, and as costly as allowed ones get.
   */
  static Map<String, byte[]> all() {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    addPngs(bombs);
    addGifs(bombs);
    addJpegs(bombs);
    addWebPs(bombs);
    return bombs;
  }

  private static void addPngs(Map<String, byte[]> bombs) {
    bombs.put("png of 9000 x 9000", png(9000, 9000, 8, 2, zeros(9000L * 27001)));
    bombs.put("png of 4096 x 4096", png(4096, 4096, 8, 2, zeros(4096L * 12289)));
    bombs.put("png of 1 x 2147483647", png(1, Integer.MAX_VALUE, 8, 2, zeros(1000)));
    bombs.put("png of 4096 x 1953 without pixels", png(4096, 1953, 16, 6, zeros(10)));
    byte[] much = zeros(1L << 28);
    bombs.put("png of 1 x 1 with 256 MiB behind", png(1, 1, 8, 2, much));
    byte[] deepest = deepest();
    bombs.put("png of 4096 x 1953 with 16 bits", deepest);
    bombs.put(
        "png with a text of 256 MiB",
        Uploads.withChunk(deepest, "zTXt", Uploads.join(Uploads.ascii("Comment\0\0"), much)));
    bombs.put(
        "png with a profile of 256 MiB",
        Uploads.withChunk(deepest, "iCCP", Uploads.join(Uploads.ascii("sRGB\0\0"), much)));
    bombs.put("png in 150000 parts", Uploads.join(head(deepest), emptyParts(), tail(deepest)));
  }

  /** 64 MiB when decoded as it is. */
  private static byte[] deepest() {
    return png(4096, 1953, 16, 6, zeros(1953L * (4096 * 8 + 1)));
  }

  private static byte[] head(byte[] png) {
    return Arrays.copyOf(png, 8 + 25);
  }

  private static byte[] tail(byte[] png) {
    return Arrays.copyOfRange(png, 8 + 25, png.length);
  }

  private static byte[] emptyParts() {
    byte[] part = Uploads.chunk("IDAT", NONE);
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int i = 0; i < 150_000; i++) {
      parts.writeBytes(part);
    }
    return parts.toByteArray();
  }

  private static byte[] png(int width, int height, int bits, int colors, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colors);
    return Uploads.join(
        Uploads.ascii("\u0089PNG\r\n\u001a\n"),
        Uploads.chunk("IHDR", header.array()),
        Uploads.chunk("IDAT", data),
        Uploads.chunk("IEND", NONE));
  }

  private static byte[] zeros(long count) {
    ByteArrayOutputStream zeros = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated =
        new DeflaterOutputStream(zeros, new Deflater(Deflater.BEST_COMPRESSION), 1 << 16)) {
      byte[] block = new byte[1 << 20];
      for (long left = count; left > 0; left -= block.length) {
        deflated.write(block, 0, (int) Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zeros.toByteArray();
  }

  private static void addGifs(Map<String, byte[]> bombs) {
    byte[] small = Uploads.gif(Uploads.flag(8, 8));
    int frame = Uploads.find(small, ",\0\0\0\0\u0008\0\u0008\0") + 5;
    bombs.put("gif with a screen of 65535 x 65535", patch(small, 6, 0xff, 0xff, 0xff, 0xff));
    bombs.put("gif with a frame of 65535 x 65535", patch(small, frame, 0xff, 0xff, 0xff, 0xff));
    bombs.put(
        "gif of 4096 x 1953",
        Uploads.gif(new BufferedImage(4096, 1953, BufferedImage.TYPE_BYTE_INDEXED)));
  }

  private static void addJpegs(Map<String, byte[]> bombs) {
    byte[] small = Uploads.jpeg(Uploads.flag(16, 16));
    int sof = Uploads.find(small, "\u00ff\u00c0");
    int sos = Uploads.find(small, "\u00ff\u00da");
    bombs.put("jpeg of 65535 x 65535", patch(small, sof + 5, 0xff, 0xff, 0xff, 0xff));
    byte[] secondFrame = Arrays.copyOfRange(small, sof, sof + 19);
    bombs.put(
        "jpeg with a second frame of 65535 x 65535",
        Uploads.insert(small, sos, patch(secondFrame, 5, 0xff, 0xff, 0xff, 0xff)));
    byte[] progressive =
        Uploads.progressiveJpeg(
            Uploads.image(
                BufferedImage.TYPE_INT_RGB, 4096, 1953, (x, y) -> (x >> 4) << 16 | (y >> 3)));
    bombs.put("progressive jpeg of 4096 x 1953", progressive);
    byte[] scan = lastScan(progressive);
    byte[] whole = Arrays.copyOf(progressive, progressive.length - 2);
    int fitting = (2 * 1024 * 1024 - progressive.length) / scan.length;
    bombs.put("jpeg of 30 scans", Uploads.join(whole, repeat(scan, 20), end()));
    bombs.put("jpeg of many scans", Uploads.join(whole, repeat(scan, fitting), end()));
  }

  private static byte[] lastScan(byte[] jpeg) {
    String text = new String(jpeg, StandardCharsets.ISO_8859_1);
    return Arrays.copyOfRange(jpeg, text.lastIndexOf("\u00ff\u00da"), jpeg.length - 2);
  }

  private static byte[] repeat(byte[] part, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] end() {
    return new byte[] {(byte) 0xff, (byte) 0xd9};
  }

  private static void addWebPs(Map<String, byte[]> bombs) {
    byte[] lossy = Uploads.webP("lossy");
    byte[] animated = Uploads.webP("animated");
    bombs.put(
        "webp with a canvas of 16777216 x 16777216",
        patch(animated, 24, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    int frame = Uploads.find(animated, "ANMF") + 8;
    bombs.put("webp with a frame outside", patch(animated, frame, 0xff, 0xff, 0xff));
    bombs.put(
        "webp with a frame of 16777216 x 16777216",
        patch(animated, frame + 6, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    bombs.put("lossy webp of 16383 x 16383", patch(lossy, 26, 0xff, 0x3f, 0xff, 0x3f));
    bombs.put("lossless webp of 16384 x 16384", Vp8lFiles.file(16384, 16384, bits -> {}));
    bombs.put("lossless webp with a million transforms", Vp8lFiles.manyTransforms(2, 1_000_000));
    bombs.put("lossless webp with many predictors", Vp8lFiles.manyTransforms(0, 200_000));
    bombs.put("lossless webp with 65536 groups of codes", Vp8lFiles.manyGroups());
    bombs.put("lossless webp of 4096 x 1953", Uploads.webP("lossless-8mpx"));
    bombs.put("lossy webp of 4096 x 1953", Uploads.webP("lossy-8mpx"));
  }

  private static byte[] patch(byte[] file, int at, int... octets) {
    byte[] patched = file.clone();
    for (int i = 0; i < octets.length; i++) {
      patched[at + i] = (byte) octets[i];
    }
    return patched;
  }
}
