package dev.minilogin.adapters.persistence.sealing;

import java.util.Collections;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.crypto.SecretKey;

/**
 * The keys of this installation, the same on all its instances. Of each purpose one is in use for
 * what is written, by default that with the highest number; all others still read what was written
 * under them. So a key is given to all instances first and put to use afterwards.
 *
 * <p>Losing the sealing keys loses AppSecrets, session_keys, phone numbers and pushes that wait;
 * losing the peppers ends all sessions. {@code docs/keys.md} has the steps of a change.
 */
public final class KeyRing {
  private final NavigableMap<Integer, SecretKey> sealingKeys;
  private final NavigableMap<Integer, SecretKey> peppers;
  private final int sealingInUse;
  private final int pepperInUse;

  /**
   * A ring whose highest numbers are in use.
   *
   * @param sealingKeys AES-256 keys by number, at least one, numbers from 1 to 65535
   * @param peppers HMAC-SHA-256 keys by number, one, or two while one replaces the other
   * @throws IllegalArgumentException if a purpose has no key or a number is out of range
   */
  public KeyRing(
      NavigableMap<Integer, SecretKey> sealingKeys, NavigableMap<Integer, SecretKey> peppers) {
    this(sealingKeys, peppers, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * As {@link #KeyRing(NavigableMap, NavigableMap)}, with these numbers in use where they are
   * given.
   *
   * @throws IllegalArgumentException also if a number in use is none of the ring's
   */
  public KeyRing(
      NavigableMap<Integer, SecretKey> sealingKeys,
      NavigableMap<Integer, SecretKey> peppers,
      OptionalInt sealingInUse,
      OptionalInt pepperInUse) {
    requireKeys("sealing", sealingKeys, sealingInUse);
    requireKeys("pepper", peppers, pepperInUse);
    if (peppers.size() > 2) {
      throw new IllegalArgumentException("the key ring has more than two pepper keys");
    }
    this.sealingKeys = Collections.unmodifiableNavigableMap(new TreeMap<>(sealingKeys));
    this.peppers = Collections.unmodifiableNavigableMap(new TreeMap<>(peppers));
    this.sealingInUse = sealingInUse.orElseGet(this.sealingKeys::lastKey);
    this.pepperInUse = pepperInUse.orElseGet(this.peppers::lastKey);
  }

  private static void requireKeys(
      String purpose, NavigableMap<Integer, SecretKey> keys, OptionalInt inUse) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the key ring has no " + purpose + " key");
    }
    if (!isNumber(keys.firstKey()) || !isNumber(keys.lastKey())) {
      throw new IllegalArgumentException(purpose + " keys are numbered from 1 to 65535");
    }
    if (inUse.isPresent() && !keys.containsKey(inUse.getAsInt())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%1$s.use names %1$s.%2$d, which the key ring doesn't have",
              purpose,
              inUse.getAsInt()));
    }
  }

  /** Whether a key may have this number: two bytes hold it, and it isn't 0. */
  static boolean isNumber(int number) {
    return number >= 1 && number <= 0xFFFF;
  }

  /** The number of the key that seals what is written. */
  public int sealingInUse() {
    return sealingInUse;
  }

  /** The number of the pepper under which what is written is hashed. */
  public int pepperInUse() {
    return pepperInUse;
  }

  /** The numbers of all sealing keys. */
  public NavigableSet<Integer> sealingNumbers() {
    return sealingKeys.navigableKeySet();
  }

  /** The numbers of all peppers. */
  public NavigableSet<Integer> pepperNumbers() {
    return peppers.navigableKeySet();
  }

  /**
   * @throws UnsealingFailed if the ring no longer has that key
   */
  SecretKey sealingKey(int number) {
    SecretKey key = sealingKeys.get(number);
    if (key == null) {
      throw new UnsealingFailed("the key ring has no sealing key number " + number, null);
    }
    return key;
  }

  /** All peppers by number. */
  NavigableMap<Integer, SecretKey> peppers() {
    return peppers;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "KeyRing[sealing %s, in use %d, pepper %s, in use %d]",
        sealingKeys.keySet(),
        sealingInUse,
        peppers.keySet(),
        pepperInUse);
  }
}
