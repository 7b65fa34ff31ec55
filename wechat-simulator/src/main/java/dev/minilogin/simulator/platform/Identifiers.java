package dev.minilogin.simulator.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * openids and unionids, derived from names only: they stay the same when the simulator is started
 * again.
 */
final class Identifiers {

  private static final int LENGTH = 28;

  private Identifiers() {}

  /** 28 URL-safe characters beginning with {@code o}: one per app and user. */
  static String openid(String appId, String user) {
    return derive("openid", appId, user);
  }

  /** 28 URL-safe characters beginning with {@code o}: one per Open Platform account and user. */
  static String unionid(String openPlatform, String user) {
    return derive("unionid", openPlatform, user);
  }

  private static String derive(String kind, String scope, String user) {
    byte[] name = (kind + "\0" + scope + "\0" + user).getBytes(StandardCharsets.UTF_8);
    return ("o" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(name)))
        .substring(0, LENGTH);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
