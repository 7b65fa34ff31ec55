package dev.minilogin.simulator.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encryption of pushes: AES-256-CBC over random bytes, length, message and appid, padded to
 * blocks of 32.
 */
final class EnvelopeCipher {

  static final int RANDOM_BYTES = 16;

  private static final int IV_BYTES = 16;
  private static final int PADDING_BLOCK = 32;

  private EnvelopeCipher() {}

  /** The {@code Encrypt} of an envelope. */
  static String encrypt(String encodingAesKey, String appId, byte[] random, String message) {
    byte[] key = Base64.getDecoder().decode(encodingAesKey + "=");
    try {
      // The JDK's own padding knows blocks of 16 only.
      Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Arrays.copyOf(key, IV_BYTES)));
      return Base64.getEncoder().encodeToString(aes.doFinal(padded(appId, random, message)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  private static byte[] padded(String appId, byte[] random, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] app = appId.getBytes(StandardCharsets.UTF_8);
    int length = random.length + Integer.BYTES + text.length + app.length;
    int padding = PADDING_BLOCK - length % PADDING_BLOCK;
    ByteBuffer plain = ByteBuffer.allocate(length + padding);
    plain.put(random).putInt(text.length).put(text).put(app);
    Arrays.fill(plain.array(), length, length + padding, (byte) padding);
    return plain.array();
  }
}
