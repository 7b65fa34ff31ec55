package dev.minilogin.adapters.media.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Takes WebPs apart (RFC 9649): the picture, or an animation's first frame, and its transparency
 * are kept; profiles, EXIF, XMP and unknown chunks are not.
 */
final class WebPFile {
  private static final int CHUNK_HEADER = 8;
  private static final int ANIMATED = 0x02;
  private static final int VP8_HEADER = 10;

  /** The lossy decoder reads some bytes ahead, and must find some. */
  private static final int PADDING = 16;

  private Frame frame;
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean animated;
  private Bytes lossless;
  private Bytes lossy;
  private Bytes alpha;

  private WebPFile() {}

  static boolean isOne(Bytes upload) {
    return upload.hasText(0, "RIFF") && upload.hasText(CHUNK_HEADER, "WEBP");
  }

  static Source read(Bytes upload) throws BrokenPicture {
    upload.skip(4);
    Bytes chunks = upload.part(upload.fourLowFirst());
    chunks.skip(4);
    WebPFile file = new WebPFile();
    file.readFile(chunks);
    return file.source();
  }

  private void readFile(Bytes chunks) throws BrokenPicture {
    if (chunks.hasText(0, "VP8X")) {
      chunks.skip(4);
      Bytes extended = chunks.part(chunks.fourLowFirst());
      animated = (extended.one() & ANIMATED) != 0;
      extended.skip(3);
      frame = Frame.whole(1 + extended.threeLowFirst(), 1 + extended.threeLowFirst());
    }
    readChunks(chunks);
  }

  private void readChunks(Bytes chunks) throws BrokenPicture {
    while (chunks.left() >= CHUNK_HEADER) {
      Bytes name = chunks.part(4);
      int length = chunks.fourLowFirst();
      Bytes content = chunks.part(length);
      // An odd length is followed by a byte of padding, which the last chunk of some files lacks.
      chunks.skip(Math.min(length & 1, chunks.left()));
      if (name.hasText(0, "ANMF") && animated && !hasPixels()) {
        readFrame(content);
      } else if (name.hasText(0, "EXIF")) {
        orientation = Orientation.ofExif(content);
      } else if (!animated) {
        readPart(name, content);
      }
    }
  }

  private void readFrame(Bytes content) throws BrokenPicture {
    int x = 2 * content.threeLowFirst();
    int y = 2 * content.threeLowFirst();
    int width = 1 + content.threeLowFirst();
    int height = 1 + content.threeLowFirst();
    content.skip(4);
    frame = new Frame(frame.canvasWidth(), frame.canvasHeight(), x, y, width, height);
    while (content.left() >= CHUNK_HEADER) {
      Bytes name = content.part(4);
      int length = content.fourLowFirst();
      readPart(name, content.part(length));
      content.skip(Math.min(length & 1, content.left()));
    }
    if (!hasPixels()) {
      throw new BrokenPicture("a frame without pixels");
    }
  }

  private void readPart(Bytes name, Bytes content) throws BrokenPicture {
    if (hasPixels()) {
      return;
    }
    if (name.hasText(0, "ALPH")) {
      alpha = content;
    } else if (name.hasText(0, "VP8L")) {
      lossless = content;
    } else if (name.hasText(0, "VP8 ")) {
      lossy = content;
    }
  }

  private boolean hasPixels() {
    return lossless != null || lossy != null;
  }

  private Source source() throws BrokenPicture {
    if (!hasPixels()) {
      throw new BrokenPicture("no pixels");
    }
    if (lossless != null) {
      Vp8l decoder = Vp8l.ofFile(lossless);
      claim(decoder.width(), decoder.height());
      return new Source(frame, orientation, step -> decoder.decode());
    }
    byte[] file = lossyFile();
    readLossyHeader();
    Frame claimed = frame;
    return new Source(
        claimed,
        orientation,
        step -> {
          Rows colors =
              ImageRows.of(Decoders.lossyWebP(file, Integer.highestOneBit(Math.min(step, 4))));
          return alpha == null ? colors : withAlpha(colors, claimed);
        });
  }

  private Rows withAlpha(Rows colors, Frame claimed) throws IOException {
    return new AlphaRows(colors, Alpha.read(alpha, claimed.width(), claimed.height()));
  }

  /** The size that the pixels themselves claim must be the one that the file claims, if it does. */
  private void claim(int width, int height) throws BrokenPicture {
    if (frame == null) {
      frame = Frame.whole(width, height);
    } else if (frame.width() != width || frame.height() != height) {
      throw new BrokenPicture("two sizes");
    }
  }

  private void readLossyHeader() throws BrokenPicture {
    Bytes header = lossy.part(VP8_HEADER);
    boolean keyFrame = (header.one() & 1) == 0;
    header.skip(2);
    if (!keyFrame || !header.hasText(0, "\u009d\u0001\u002a")) {
      throw new BrokenPicture("no key frame");
    }
    header.skip(3);
    claim(header.twoLowFirst() & 0x3fff, header.twoLowFirst() & 0x3fff);
  }

  private byte[] lossyFile() {
    byte[] content = lossy.toArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream(content.length + 64);
    add(file, "RIFF", 4 + CHUNK_HEADER + content.length + (content.length & 1));
    file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    add(file, "VP8 ", content.length);
    file.writeBytes(content);
    file.writeBytes(new byte[PADDING]);
    return file.toByteArray();
  }

  private static void add(ByteArrayOutputStream file, String name, int length) {
    file.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
  }
}
