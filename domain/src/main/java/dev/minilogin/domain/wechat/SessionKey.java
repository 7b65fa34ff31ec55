package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * WeChat's session_key of a person in one mini program: it signs and decrypts open data. It never
 * leaves the server.
 *
 * @param reveal base64 of 16 bytes, as WeChat sent it: signatures use this text, AES the bytes
 */
public record SessionKey(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/=]{1,128}");

  /**
   * @throws IllegalArgumentException if it is empty, longer than 128 characters or no base64
   */
  public SessionKey {
    if (!FORM.matcher(reveal).matches()) {
      throw new IllegalArgumentException("session_key must be 1 to 128 characters of base64");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
