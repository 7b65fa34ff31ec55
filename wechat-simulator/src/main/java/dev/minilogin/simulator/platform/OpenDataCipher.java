package dev.minilogin.simulator.platform;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of open data: AES-128-CBC with PKCS#7 padding; the key is the decoded session_key. All
 * but the plain text is base64.
 */
final class OpenDataCipher {

  private OpenDataCipher() {}

  static String encrypt(String sessionKey, String iv, String plainText) {
    return Base64.getEncoder()
        .encodeToString(run(Cipher.ENCRYPT_MODE, sessionKey, iv, Digests.utf8(plainText)));
  }

  private static byte[] run(int mode, String sessionKey, String iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          mode, new SecretKeySpec(decode(sessionKey), "AES"), new IvParameterSpec(decode(iv)));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keys and ivs of this platform have 16 bytes", e);
    }
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
