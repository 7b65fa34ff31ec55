package dev.minilogin.adapters.media.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Takes PNGs apart (W3C PNG, third edition): header, palette, transparency and image data are kept,
 * texts, profiles and an animation's further frames are not.
 */
final class PngFile {
  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private static final int HEADER_LENGTH = 13;
  private static final int NAME_LENGTH = 4;

  private PngFile() {}

  static boolean isOne(Bytes upload) {
    return upload.hasText(0, SIGNATURE);
  }

  static Source read(Bytes upload) throws BrokenPicture {
    upload.skip(SIGNATURE.length());
    Frame frame = null;
    Orientation orientation = Orientation.UPRIGHT;
    byte[] header = null;
    byte[] palette = null;
    byte[] transparency = null;
    ByteArrayOutputStream data = new ByteArrayOutputStream(upload.left());
    while (true) {
      int length = upload.fourHighFirst();
      Bytes named = upload.part(NAME_LENGTH);
      byte[] name = named.toArray();
      Bytes content = upload.part(length);
      int crc = upload.twoHighFirst() << 16 | upload.twoHighFirst();
      boolean first = header == null;
      if (first != named.hasText(0, "IHDR")) {
        throw new BrokenPicture("not one header at the beginning");
      }
      if (isCritical(name) || named.hasText(0, "tRNS")) {
        check(name, content.toArray(), crc);
      }
      if (first) {
        header = content.toArray();
        if (header.length != HEADER_LENGTH) {
          throw new BrokenPicture("a header of another length");
        }
        frame = Frame.whole(content.fourHighFirst(), content.fourHighFirst());
      } else if (named.hasText(0, "PLTE")) {
        palette = content.toArray();
      } else if (named.hasText(0, "tRNS")) {
        transparency = content.toArray();
      } else if (named.hasText(0, "IDAT")) {
        data.writeBytes(content.toArray());
      } else if (named.hasText(0, "eXIf")) {
        orientation = Orientation.ofExif(content);
      } else if (named.hasText(0, "IEND")) {
        break;
      }
    }
    byte[] file = file(header, palette, transparency, data.toByteArray());
    return new Source(frame, orientation, step -> ImageRows.of(Decoders.png(file, step)));
  }

  /** An upper-case first letter says that nobody can do without the chunk. */
  private static boolean isCritical(byte[] name) {
    return (name[0] & 0x20) == 0;
  }

  private static void check(byte[] name, byte[] content, int crc) throws BrokenPicture {
    if (crc(name, content) != crc) {
      throw new BrokenPicture("a wrong checksum");
    }
  }

  private static int crc(byte[] name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return (int) crc.getValue();
  }

  private static byte[] file(byte[] header, byte[] palette, byte[] transparency, byte[] data) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(data.length + 2048);
    file.writeBytes(SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    add(file, "IHDR", header);
    if (palette != null) {
      add(file, "PLTE", palette);
    }
    if (transparency != null) {
      add(file, "tRNS", transparency);
    }
    add(file, "IDAT", data);
    add(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void add(ByteArrayOutputStream file, String name, byte[] content) {
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(nameBytes);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(crc(nameBytes, content)).array());
  }
}
