package dev.minilogin.adapters.media.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/**
 * Takes JPEGs apart (ITU-T T.81): tables, the frame and its scans are kept; applications' data and
 * comments are not, and neither is what comes after the end. How colours are stored is told to the
 * decoder anew. Baseline, extended and progressive frames with 8 bits and Huffman codes are read.
 */
final class JpegFile {
  /**
   * A progressive JPEG of a few bytes can have its decoder go over all pixels thousands of times.
   * Encoders use ten scans.
   */
  private static final int MOST_SCANS = 32;

  /** A JFIF 1.1 segment, which says that three components are YCbCr, and one is grey. */
  private static final byte[] JFIF =
      HexFormat.of().parseHex("ffe000104a46494600010100000100010000");

  private static final int EXIF_SEGMENT = 0xe1;
  private static final int ADOBE_SEGMENT = 0xee;
  private static final int TRANSFORM_AT = 11;
  private static final int NO_TRANSFORM = -1;

  private final Bytes upload;
  private final ByteArrayOutputStream segments;
  private Orientation orientation = Orientation.UPRIGHT;
  private Frame frame;
  private int components;
  private boolean namedRgb;
  private boolean jfif;
  private int transform = NO_TRANSFORM;
  private int scans;

  private JpegFile(Bytes upload) {
    this.upload = upload;
    this.segments = new ByteArrayOutputStream(upload.left());
  }

  static boolean isOne(Bytes upload) {
    return upload.hasText(0, "\u00ff\u00d8\u00ff");
  }

  static Source read(Bytes upload) throws BrokenPicture {
    return new JpegFile(upload).read();
  }

  private Source read() throws BrokenPicture {
    upload.skip(2);
    int marker = marker();
    while (marker != 0xd9) {
      Bytes content = segment();
      switch (marker) {
        case 0xc0, 0xc1, 0xc2 -> {
          keep(marker, content);
          frame(content);
        }
        case 0xc4, 0xdb, 0xdd -> keep(marker, content);
        case 0xda -> scan(marker, content);
        case 0xe0 -> jfif |= content.hasText(0, "JFIF\0");
        case EXIF_SEGMENT -> exif(content);
        case ADOBE_SEGMENT -> adobe(content);
        default -> {
          // Fifteen kinds of applications' data, and comments; others change what a frame is.
          if ((marker & 0xf0) != 0xe0 && marker != 0xfe) {
            throw new BrokenPicture("an unknown segment");
          }
        }
      }
      marker = marker();
    }
    if (frame == null || scans == 0) {
      throw new BrokenPicture("no frame");
    }
    byte[] file = file();
    return new Source(frame, orientation, step -> decode(file, step));
  }

  private Rows decode(byte[] file, int step) throws IOException {
    return components == 4
        ? new CmykRows(Decoders.jpegSamples(file, step), transform == 2, transform != NO_TRANSFORM)
        : ImageRows.of(Decoders.jpeg(file, step));
  }

  private int marker() throws BrokenPicture {
    if (upload.one() != 0xff) {
      throw new BrokenPicture("no marker");
    }
    int marker = upload.one();
    while (marker == 0xff) {
      marker = upload.one();
    }
    return marker;
  }

  private Bytes segment() throws BrokenPicture {
    return upload.part(upload.twoHighFirst() - 2);
  }

  private void keep(int marker, Bytes content) {
    byte[] bytes = content.toArray();
    int length = bytes.length + 2;
    segments.write(0xff);
    segments.write(marker);
    segments.write(length >> 8);
    segments.write(length);
    segments.writeBytes(bytes);
  }

  private void frame(Bytes content) throws BrokenPicture {
    if (frame != null) {
      throw new BrokenPicture("more than one frame");
    }
    if (content.one() != 8) {
      throw new BrokenPicture("samples of unknown size");
    }
    int height = content.twoHighFirst();
    frame = Frame.whole(content.twoHighFirst(), height);
    components = content.one();
    if (components != 1 && components != 3 && components != 4) {
      throw new BrokenPicture("colours of an unknown kind");
    }
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < components; i++) {
      names.append((char) content.one());
      content.skip(2);
    }
    namedRgb = names.indexOf("RGB") == 0;
  }

  private void scan(int marker, Bytes content) throws BrokenPicture {
    scans++;
    if (frame == null || scans > MOST_SCANS) {
      throw new BrokenPicture("too many scans, or no frame before them");
    }
    keep(marker, content);
    int length = 0;
    while (isData(upload.peek(length), upload.peek(length + 1))) {
      length++;
    }
    segments.writeBytes(upload.part(length).toArray());
  }

  /** Whether a byte belongs to a scan: 0xff does so before zero, and before restart markers. */
  private static boolean isData(int octet, int next) {
    return octet >= 0 && (octet != 0xff || next == 0 || next >= 0xd0 && next <= 0xd7);
  }

  private void exif(Bytes content) {
    if (content.hasText(0, "Exif\0\0") && orientation == Orientation.UPRIGHT) {
      orientation = Orientation.ofExif(content);
    }
  }

  private void adobe(Bytes content) throws BrokenPicture {
    if (content.hasText(0, "Adobe") && content.left() > TRANSFORM_AT) {
      content.skip(TRANSFORM_AT);
      transform = content.one();
    }
  }

  private byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream(segments.size() + 32);
    file.write(0xff);
    file.write(0xd8);
    boolean rgb =
        components == 3 && !jfif && (transform == 0 || transform == NO_TRANSFORM && namedRgb);
    if (components == 4 || rgb) {
      file.writeBytes(adobe(components == 4 && transform == 2 ? 2 : 0));
    } else {
      file.writeBytes(JFIF);
    }
    file.writeBytes(segments.toByteArray());
    file.write(0xff);
    file.write(0xd9);
    return file.toByteArray();
  }

  /**
   * Adobe's segment: 0 says that components are stored as they are, 2 that CMYK is stored as YCCK.
   */
  private static byte[] adobe(int transform) {
    return HexFormat.of().parseHex("ffee000e41646f6265006400000000" + "0" + transform);
  }
}
