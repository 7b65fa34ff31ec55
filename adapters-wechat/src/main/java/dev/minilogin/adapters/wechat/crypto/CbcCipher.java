package dev.minilogin.adapters.wechat.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in CBC mode, with the padding of PKCS#7 checked strictly. */
public final class CbcCipher {
  private static final int AES_BLOCK = 16;

  private CbcCipher() {}

  /**
   * What was decrypted.
   *
   * @param bytes without the padding, or all of them if the padding is wrong
   * @param isPadded whether the padding is right
   */
  public record Plain(byte[] bytes, boolean isPadded) {}

  /**
   * Decrypts. That the padding is wrong is told, and not thrown: a caller who goes on all the same
   * doesn't tell it by the time that it takes.
   *
   * @param key 16 or 32 bytes
   * @param iv 16 bytes
   * @param paddedTo the block size of the padding, which need not be that of AES
   * @return empty if a length is wrong
   */
  public static Optional<Plain> decrypt(byte[] key, byte[] iv, byte[] ciphertext, int paddedTo) {
    if (iv.length != AES_BLOCK || ciphertext.length < paddedTo) {
      return Optional.empty();
    }
    try {
      // The JDK strips no padding of more than a block, and throws where one is wrong.
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return Optional.of(unpad(cipher.doFinal(ciphertext), paddedTo));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Plain unpad(byte[] padded, int paddedTo) {
    int length = padded[padded.length - 1] & 0xFF;
    boolean wrong = length == 0 || length > paddedTo;
    for (int i = 1; i <= paddedTo; i++) {
      wrong |= i <= length && (padded[padded.length - i] & 0xFF) != length;
    }
    return new Plain(wrong ? padded : Arrays.copyOf(padded, padded.length - length), !wrong);
  }
}
