package dev.minilogin.adapters.wechat.opendata;

import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What WeChat does on the phone, by the JDK's own means. */
final class PhoneSide {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PhoneSide() {}

  /** Encrypts open data, with an iv of its own. */
  static EncryptedData encrypt(SessionKey key, byte[] text) {
    return encrypt(key, text, "PKCS5Padding");
  }

  /** Encrypts open data that is padded already, rightly or not. */
  static EncryptedData encryptPadded(SessionKey key, byte[] padded) {
    return encrypt(key, padded, "NoPadding");
  }

  private static EncryptedData encrypt(SessionKey key, byte[] text, String padding) {
    byte[] iv = new byte[16];
    RANDOM.nextBytes(iv);
    return new EncryptedData(base64(cipher(padding, bytes(key.reveal()), iv, text)), base64(iv));
  }

  /** Encrypts a message of the encrypted channel. */
  static String encrypt(EncryptKey key, String message) {
    return base64(
        cipher(
            "PKCS5Padding",
            bytes(key.reveal()),
            key.iv().getBytes(StandardCharsets.US_ASCII),
            message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Signs data in clear. */
  static SignedData sign(SessionKey key, String rawData) {
    try {
      byte[] signed = (rawData + key.reveal()).getBytes(StandardCharsets.UTF_8);
      return new SignedData(
          rawData, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] cipher(String padding, byte[] key, byte[] iv, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/" + padding);
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
