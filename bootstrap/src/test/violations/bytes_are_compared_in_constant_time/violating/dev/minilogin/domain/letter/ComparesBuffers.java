package dev.minilogin.domain.letter;

import java.nio.ByteBuffer;

final class ComparesBuffers {
  boolean same(ByteBuffer a, ByteBuffer b) {
    return a.equals(b);
  }
}
