package dev.minilogin.adapters.persistence.sealing;

import java.util.Arrays;

final class ComparesArrays {
  boolean same(byte[] a, byte[] b) {
    return Arrays.equals(a, b);
  }
}
