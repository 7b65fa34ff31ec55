package dev.minilogin.simulator.platform;

import java.time.Instant;

/**
 * A key that a mini program and its server share for one user: AES-128-CBC.
 *
 * @param encryptKey base64 of 16 bytes
 * @param iv 16 characters, used as they are
 * @param version grows by one with each key of the user
 * @param expiresAt an hour after {@code createdAt}
 */
public record UserKey(
    String encryptKey, String iv, int version, Instant createdAt, Instant expiresAt) {

  @Override
  public String toString() {
    return "UserKey[masked, version=" + version + "]";
  }
}
