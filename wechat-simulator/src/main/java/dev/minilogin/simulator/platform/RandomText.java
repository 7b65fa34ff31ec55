package dev.minilogin.simulator.platform;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** Random values in the shapes that WeChat gives them. */
public final class RandomText {

  private static final String ALPHANUMERIC =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String URL_SAFE = ALPHANUMERIC + "-_";
  private static final String HEX = "0123456789abcdef";
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  /** A login code: 32 alphanumeric characters. */
  static String loginCode() {
    return draw(ALPHANUMERIC, 32);
  }

  /** A phone or plugin code: 64 hex digits. */
  static String hexCode() {
    return hex(64);
  }

  /** So many lower-case hex digits. */
  static String hex(int length) {
    return draw(HEX, length);
  }

  /** A key for AES-128, or an iv: base64 of 16 bytes, 24 characters that end with {@code ==}. */
  static String key() {
    byte[] key = new byte[16];
    RANDOM.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** An access_token: two digits, an underscore and 133 URL-safe characters. */
  static String accessToken() {
    return RANDOM.nextInt(10, 100) + "_" + draw(URL_SAFE, 133);
  }

  /** The six characters of the hint that some error texts carry. */
  public static String hint() {
    return draw(ALPHANUMERIC, 6);
  }

  /** The number of a risk query. */
  static int queryNumber() {
    return RANDOM.nextInt(1, Integer.MAX_VALUE);
  }

  /**
   * A request id: three groups of eight hex digits, the first of which is the time in Unix seconds.
   */
  public static String rid(Instant now) {
    return "%08x-%08x-%08x".formatted(now.getEpochSecond(), RANDOM.nextInt(), RANDOM.nextInt());
  }

  private static String draw(String alphabet, int length) {
    return RANDOM
        .ints(length, 0, alphabet.length())
        .collect(
            StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
        .toString();
  }
}
