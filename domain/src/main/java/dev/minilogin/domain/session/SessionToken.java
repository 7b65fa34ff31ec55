package dev.minilogin.domain.session;

import dev.minilogin.domain.identifier.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The opaque token that a mini program holds ("custom login state" in WeChat's docs): {@code
 * mls1_}, 256 random bits as 43 base62 digits, and a checksum of both as 6 base62 digits (CRC-32).
 * The prefix lets a scanner find a leaked token; the checksum lets us refuse junk without asking
 * the database.
 *
 * @param reveal the token as the mini program sends it
 */
public record SessionToken(String reveal) implements Secret {
  private static final String PREFIX = "mls1_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int RANDOM_DIGITS = 43;
  private static final int CHECK_DIGITS = 6;

  /** The length of every token, in characters. */
  public static final int LENGTH = PREFIX.length() + RANDOM_DIGITS + CHECK_DIGITS;

  /**
   * @throws IllegalArgumentException if this is no token; {@link #parse} asks without throwing
   */
  public SessionToken {
    if (!isWellFormed(reveal)) {
      throw new IllegalArgumentException("not a session token");
    }
  }

  /** Makes a new token from 256 bits of {@code random}. */
  public static SessionToken mint(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String body = PREFIX + base62(new BigInteger(1, bytes), RANDOM_DIGITS);
    return new SessionToken(body + checksum(body));
  }

  /** The token in a text from outside; empty if prefix, length, digits or checksum are wrong. */
  public static Optional<SessionToken> parse(String text) {
    return isWellFormed(text) ? Optional.of(new SessionToken(text)) : Optional.empty();
  }

  private static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    int body = LENGTH - CHECK_DIGITS;
    return checksum(text.substring(0, body)).equals(text.substring(body));
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
  }

  private static String base62(BigInteger number, int length) {
    char[] digits = new char[length];
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] step = rest.divideAndRemainder(BASE);
      digits[i] = DIGITS.charAt(step[1].intValue());
      rest = step[0];
    }
    return new String(digits);
  }

  @Override
  public String toString() {
    return masked();
  }
}
