package dev.minilogin.simulator.push;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An {@code Encrypt} as a careful server opens it, written apart from the code that seals.
 *
 * @param random the 16 bytes before the message, as Latin-1
 */
public record Opened(String random, String message, String appId, int padding) {

  public static Opened of(String encodingAesKey, String encrypt) {
    byte[] key = Base64.getDecoder().decode(encodingAesKey + "=");
    try {
      Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
      aes.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Arrays.copyOf(key, 16)));
      return read(aes.doFinal(Base64.getDecoder().decode(encrypt)));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Opened read(byte[] plain) throws IOException {
    int padding = plain[plain.length - 1];
    for (int i = plain.length - padding; i < plain.length; i++) {
      if (padding < 1 || padding > 32 || plain[i] != padding) {
        throw new AssertionError("the padding is not PKCS#7 of blocks of 32");
      }
    }
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(plain, 0, plain.length - padding));
    String random = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
    String message = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    return new Opened(
        random, message, new String(in.readAllBytes(), StandardCharsets.UTF_8), padding);
  }
}
