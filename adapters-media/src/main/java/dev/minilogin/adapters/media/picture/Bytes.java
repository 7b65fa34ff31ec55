package dev.minilogin.adapters.media.picture;

/** A part of an upload and a position in it. Reading past its end is a {@link BrokenPicture}. */
final class Bytes {
  private final byte[] content;
  private final int end;
  private int position;

  /** All of an upload. */
  Bytes(byte[] content) {
    this(content, 0, content.length);
  }

  private Bytes(byte[] content, int start, int end) {
    this.content = content;
    this.position = start;
    this.end = end;
  }

  int left() {
    return end - position;
  }

  /** Whether a text, one byte a character, stands so far from here. */
  boolean hasText(int ahead, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (peek(ahead + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The byte that stands so far from here, 0 to 255; -1 past the end. */
  int peek(int ahead) {
    return ahead < left() ? content[position + ahead] & 0xff : -1;
  }

  /** One byte, 0 to 255. */
  int one() throws BrokenPicture {
    return content[take(1)] & 0xff;
  }

  /** Two bytes, the higher one first. */
  int twoHighFirst() throws BrokenPicture {
    return one() << 8 | one();
  }

  /** Two bytes, the lower one first. */
  int twoLowFirst() throws BrokenPicture {
    return one() | one() << 8;
  }

  /** Three bytes, the lowest one first. */
  int threeLowFirst() throws BrokenPicture {
    return twoLowFirst() | one() << 16;
  }

  /** Four bytes, the highest one first; a number that no upload can need is broken. */
  int fourHighFirst() throws BrokenPicture {
    return notNegative(twoHighFirst() << 16 | twoHighFirst());
  }

  /** Four bytes, the lowest one first; a number that no upload can need is broken. */
  int fourLowFirst() throws BrokenPicture {
    return notNegative(twoLowFirst() | twoLowFirst() << 16);
  }

  private static int notNegative(int number) throws BrokenPicture {
    if (number < 0) {
      throw new BrokenPicture("a length of more than 2 GiB");
    }
    return number;
  }

  void skip(int count) throws BrokenPicture {
    take(count);
  }

  /** The next bytes as a part of its own; they are read over here. */
  Bytes part(int count) throws BrokenPicture {
    int start = take(count);
    return new Bytes(content, start, start + count);
  }

  /** A copy of what is left. */
  byte[] toArray() {
    byte[] copy = new byte[left()];
    System.arraycopy(content, position, copy, 0, copy.length);
    return copy;
  }

  private int take(int count) throws BrokenPicture {
    if (count < 0 || count > left()) {
      throw new BrokenPicture("cut off");
    }
    int start = position;
    position += count;
    return start;
  }
}
