package dev.minilogin.domain.letter;

import java.util.Objects;

final class ComparesDeeply {
  boolean same(byte[] a, byte[] b) {
    return Objects.deepEquals(a, b);
  }
}
