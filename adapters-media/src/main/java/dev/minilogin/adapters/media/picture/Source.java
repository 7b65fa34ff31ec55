package dev.minilogin.adapters.media.picture;

import java.io.IOException;

/**
 * An upload that was taken apart and not decoded yet.
 *
 * @param frame what its header claims; whoever decodes checks it before
 * @param orientation how the stored pixels lie
 * @param decoder gives the frame's pixels
 */
record Source(Frame frame, Orientation orientation, Decoder decoder) {
  /** Decodes what was claimed. */
  @FunctionalInterface
  interface Decoder {
    /**
     * The frame's pixels.
     *
     * @param step how many pixels of a row or a column may be read as one; a decoder may read more
     *     of them, not fewer
     * @throws IOException if they can't be decoded; other exceptions may be thrown for that, too
     */
    Rows decode(int step) throws IOException;
  }
}
