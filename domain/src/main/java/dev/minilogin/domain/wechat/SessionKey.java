package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;

/**
 * WeChat's session_key of a person in one mini program: it signs and decrypts open data. It never
 * leaves the server.
 *
 * @param reveal base64 of 16 bytes, as WeChat sent it: signatures use this text, AES the bytes
 */
public record SessionKey(String reveal) implements Secret {
  /**
   * @throws IllegalArgumentException if it is empty or longer than 128 characters
   */
  public SessionKey {
    if (reveal.isEmpty() || reveal.length() > 128) {
      throw new IllegalArgumentException("session_key must be 1 to 128 characters");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
