package dev.minilogin.adapters.media.picture;

import java.io.ByteArrayOutputStream;

/**
 * Takes GIFs apart (GIF89a): the screen, the palettes, the first frame and its transparency are
 * kept, comments, applications' data and further frames are not.
 */
final class GifFile {
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int HAS_PALETTE = 0x80;
  private static final int HIGHEST_CODE_SIZE = 8;

  private GifFile() {}

  static boolean isOne(Bytes upload) {
    return upload.hasText(0, "GIF87a") || upload.hasText(0, "GIF89a");
  }

  static Source read(Bytes upload) throws BrokenPicture {
    ByteArrayOutputStream file = new ByteArrayOutputStream(upload.left());
    Bytes screen = copy(upload, 13, file);
    screen.skip(6);
    int width = screen.twoLowFirst();
    int height = screen.twoLowFirst();
    copyPalette(upload, screen.one(), file);
    byte[] control = new byte[0];
    int block = upload.one();
    while (block == EXTENSION) {
      if (upload.one() == GRAPHIC_CONTROL) {
        control = control(upload);
      } else {
        copyBlocks(upload, new ByteArrayOutputStream());
      }
      block = upload.one();
    }
    if (block != IMAGE) {
      throw new BrokenPicture("no frame");
    }
    file.writeBytes(control);
    file.write(IMAGE);
    Bytes place = copy(upload, 9, file);
    Frame frame =
        new Frame(
            width,
            height,
            place.twoLowFirst(),
            place.twoLowFirst(),
            place.twoLowFirst(),
            place.twoLowFirst());
    copyPalette(upload, place.one(), file);
    if (copy(upload, 1, file).one() > HIGHEST_CODE_SIZE) {
      throw new BrokenPicture("codes that are too long");
    }
    copyBlocks(upload, file);
    file.write(TRAILER);
    byte[] frameFile = file.toByteArray();
    return new Source(
        frame, Orientation.UPRIGHT, step -> ImageRows.of(Decoders.gif(frameFile, step)));
  }

  /** The extension that says which colour of the next frame is transparent. */
  private static byte[] control(Bytes upload) throws BrokenPicture {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    copyBlocks(upload, content);
    byte[] blocks = content.toByteArray();
    if (blocks.length != 6) {
      throw new BrokenPicture("a graphic control of another length");
    }
    ByteArrayOutputStream control = new ByteArrayOutputStream();
    control.write(EXTENSION);
    control.write(GRAPHIC_CONTROL);
    control.writeBytes(blocks);
    return control.toByteArray();
  }

  private static void copyPalette(Bytes upload, int flags, ByteArrayOutputStream file)
      throws BrokenPicture {
    if ((flags & HAS_PALETTE) != 0) {
      copy(upload, 3 << (flags & 7) + 1, file);
    }
  }

  /** Blocks that tell their length, up to an empty one. */
  private static void copyBlocks(Bytes upload, ByteArrayOutputStream file) throws BrokenPicture {
    int length;
    do {
      length = copy(upload, 1, file).one();
      copy(upload, length, file);
    } while (length > 0);
  }

  private static Bytes copy(Bytes upload, int length, ByteArrayOutputStream file)
      throws BrokenPicture {
    Bytes part = upload.part(length);
    file.writeBytes(part.toArray());
    return part;
  }
}
