package dev.minilogin.simulator.platform;

import java.math.BigInteger;
import java.util.Base64;

/**
 * openids, unionids and phone numbers, derived from names only: they stay the same when the
 * simulator is started again.
 */
final class Identifiers {

  private static final int LENGTH = 28;
  private static final BigInteger NINE_DIGITS = BigInteger.TEN.pow(9);

  private Identifiers() {}

  /** 28 URL-safe characters beginning with {@code o}: one per app and user. */
  static String openid(String appId, String user) {
    return derive("openid", appId, user);
  }

  /** 28 URL-safe characters beginning with {@code o}: one per Open Platform account and user. */
  static String unionid(String openPlatform, String user) {
    return derive("unionid", openPlatform, user);
  }

  /** 28 URL-safe characters beginning with {@code G}: one per plugin's app and user. */
  static String openpid(String appId, String user) {
    return "G" + derive("openpid", appId, user).substring(1);
  }

  /** 11 digits beginning with {@code 13}: one per user. */
  static String phone(String user) {
    long digits = new BigInteger(1, digest("phone", "", user)).mod(NINE_DIGITS).longValueExact();
    return "13%09d".formatted(digits);
  }

  private static String derive(String kind, String scope, String user) {
    return ("o" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest(kind, scope, user)))
        .substring(0, LENGTH);
  }

  private static byte[] digest(String kind, String scope, String user) {
    return Digests.sha256(Digests.utf8(kind + "\0" + scope + "\0" + user));
  }
}
