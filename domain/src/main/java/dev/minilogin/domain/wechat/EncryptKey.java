package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.time.Duration;
import java.util.Objects;

/**
 * A key of the encrypted channel between a phone and us, which both have from WeChat.
 *
 * @param reveal base64 of the 16 bytes of an AES key
 * @param iv the initial vector: 16 ASCII characters, taken as bytes
 * @param version which key of the person; a message says with which it was encrypted
 * @param left how long it is still good; not positive once it has ended
 */
public record EncryptKey(String reveal, String iv, long version, Duration left) implements Secret {
  public EncryptKey {
    Objects.requireNonNull(reveal, "reveal");
    Objects.requireNonNull(left, "left");
    if (iv.length() != 16) {
      throw new IllegalArgumentException("the iv of an encrypt key must be 16 characters");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
