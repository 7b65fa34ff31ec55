package dev.minilogin.adapters.media.picture;

/** Reads bits, the lowest of each byte first. */
final class BitReader {
  private final byte[] content;
  private int next;
  private long buffer;
  private int buffered;

  BitReader(byte[] content) {
    this.content = content;
  }

  /**
   * Looks at bits without reading them; zeros follow the end.
   *
   * @param count 0 to 16
   */
  int peek(int count) {
    while (buffered < count) {
      long octet = next < content.length ? content[next] & 0xff : 0;
      buffer |= octet << buffered;
      buffered += 8;
      next++;
    }
    return (int) buffer & (1 << count) - 1;
  }

  /** Reads bits; the first one is the lowest of the number. */
  int read(int count) throws BrokenPicture {
    if (count > 16) {
      return read(16) | read(count - 16) << 16;
    }
    int number = peek(count);
    buffer >>>= count;
    buffered -= count;
    // What is buffered was taken from the end, or from behind it.
    if ((long) next * 8 - buffered > (long) content.length * 8) {
      throw new BrokenPicture("cut off");
    }
    return number;
  }

  boolean readFlag() throws BrokenPicture {
    return read(1) == 1;
  }
}
