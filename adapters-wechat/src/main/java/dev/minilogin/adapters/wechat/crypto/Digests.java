package dev.minilogin.adapters.wechat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The digests by which WeChat and we prove things to each other. */
public final class Digests {
  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  /** Whether a text is the hexadecimal SHA-1, in any case, of another one. */
  public static boolean isSha1(String hex, String of) {
    return MessageDigest.isEqual(bytes(hex), sha1(of));
  }

  /** Whether a text is WeChat's signature of the others: SHA-1 of all of them, sorted. */
  public static boolean isSignature(String hex, String... of) {
    return isSha1(hex, Stream.of(of).sorted().collect(Collectors.joining()));
  }

  /** HMAC-SHA-256 of a text under the bytes of another one, in lower-case hexadecimal. */
  public static String hmacSha256(String key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(utf8(key), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(utf8(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
