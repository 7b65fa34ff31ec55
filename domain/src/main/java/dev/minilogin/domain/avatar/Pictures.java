package dev.minilogin.domain.avatar;

/** Makes pictures of ours out of uploads, of which nothing is trusted. */
public interface Pictures {
  /** An upload may have so many bytes: 2 MiB. */
  int LARGEST_UPLOAD = 2 * 1024 * 1024;

  /** An uploaded picture may have so many pixels on each side. */
  int LONGEST_SIDE = 4096;

  /** An uploaded picture may have so many pixels in all. */
  int MOST_PIXELS = 8_000_000;

  /** What we make has at most so many pixels on each side. */
  int SIDE = 640;

  /**
   * Decodes an upload and encodes it anew: upright, at most {@link #SIDE} pixels wide and high, and
   * without anything but its pixels. JPEG, PNG, WebP and the first frame of a GIF are read,
   * whatever the file is called. Its size is taken from its header before anything is decoded.
   * Takes as much memory as a few pictures at once do, however many callers there are.
   */
  Remake remake(byte[] upload);

  /** What came of an upload. */
  sealed interface Remake {
    /** Our picture. */
    record Made(Picture picture) implements Remake {}

    /** It is no picture that we read, or a broken one. */
    record Unreadable() implements Remake {}

    /** It has too many bytes or pixels. */
    record TooLarge() implements Remake {}

    /** Too many are being decoded; nothing was done. */
    record Busy() implements Remake {}
  }
}
