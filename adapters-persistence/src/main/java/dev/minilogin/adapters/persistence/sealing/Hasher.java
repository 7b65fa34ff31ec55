package dev.minilogin.adapters.persistence.sealing;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Hashes of secrets that must only be recognised: HMAC-SHA-256 under a pepper that isn't in the
 * database. Whoever can read or even write the database can make no token that is accepted.
 */
@Singleton
public final class Hasher {
  private final List<SecretKey> peppers;

  public Hasher(KeyRing keys) {
    this.peppers = keys.peppers();
  }

  /**
   * The hash to write.
   *
   * @param purpose keeps equal secrets of different purposes apart: "token"
   * @return 32 bytes
   */
  public byte[] hash(String purpose, String secret) {
    return hash(peppers.getFirst(), purpose, secret);
  }

  /** The hashes that were or would be written under any living pepper, the current one first. */
  public List<byte[]> hashes(String purpose, String secret) {
    return peppers.stream().map(pepper -> hash(pepper, purpose, secret)).toList();
  }

  private static byte[] hash(SecretKey pepper, String purpose, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(pepper);
      mac.update((purpose + '\n').getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
