package dev.minilogin.simulator.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that WeChat uses, in hex. A session_key counts as text here, not as the bytes. */
final class Digests {

  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  /** The signature of a rawData: SHA-1 over it and the session_key. */
  static String rawDataSignature(String rawData, String sessionKey) {
    return hex(hash("SHA-1", utf8(rawData + sessionKey)));
  }

  /** HMAC-SHA256 of a message under the session_key. */
  static String hmac(String sessionKey, String message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(utf8(sessionKey), HMAC));
      return hex(mac.doFinal(utf8(message)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  static String sha256Hex(byte[] input) {
    return hex(sha256(input));
  }

  static byte[] sha256(byte[] input) {
    return hash("SHA-256", input);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hash(String algorithm, byte[] input) {
    try {
      return MessageDigest.getInstance(algorithm).digest(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
