package dev.minilogin.adapters.persistence.sealing;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Hashes of secrets that must only be recognised: HMAC-SHA-256 under a pepper that isn't in the
 * database. Whoever can read or even write the database can make no token that is accepted.
 */
@Singleton
public final class Hasher {
  private final NavigableMap<Integer, SecretKey> peppers;
  private final int inUse;

  public Hasher(KeyRing keys) {
    this.peppers = keys.peppers();
    this.inUse = keys.pepperInUse();
  }

  /**
   * The hash to write.
   *
   * @param purpose keeps equal secrets of different purposes apart: "token"
   * @return 32 bytes
   */
  public byte[] hash(String purpose, String secret) {
    return hash(peppers.get(inUse), purpose, secret);
  }

  /**
   * The hashes that are written under any living pepper, here or by another instance, that of the
   * pepper in use here first.
   */
  public List<byte[]> hashes(String purpose, String secret) {
    return Stream.concat(
            Stream.of(inUse), peppers.descendingKeySet().stream().filter(n -> n != inUse))
        .map(number -> hash(peppers.get(number), purpose, secret))
        .toList();
  }

  /** The number of the pepper under which something was hashed; empty if the ring lacks it. */
  public OptionalInt pepperOf(byte[] hash, String purpose, String secret) {
    return peppers.entrySet().stream()
        .filter(pepper -> MessageDigest.isEqual(hash(pepper.getValue(), purpose, secret), hash))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
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
