package dev.minilogin.domain.letter;

import java.security.MessageDigest;

final class TakesItsTime {
  boolean same(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }
}
