package dev.minilogin.domain.miniprogram;

import dev.minilogin.domain.identifier.Secret;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The EncodingAESKey of a mini program's message push.
 *
 * @param reveal 43 characters: base64 of 32 bytes without its {@code =}
 */
public record PushKey(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{43}");

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public PushKey {
    if (!FORM.matcher(reveal).matches()) {
      throw new IllegalArgumentException("an EncodingAESKey must be 43 characters of base64");
    }
  }

  /** The AES key, 32 bytes. A key typed at random may have bits after them, which are ignored. */
  public byte[] bytes() {
    return Base64.getMimeDecoder().decode(reveal + '=');
  }

  @Override
  public String toString() {
    return masked();
  }
}
