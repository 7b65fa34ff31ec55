package dev.minilogin.domain.letter;

import java.security.SecureRandom;

final class UsesSecureRandom {
  byte[] next(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
