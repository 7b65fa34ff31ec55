package dev.minilogin.adapters.persistence.sealing;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;

/**
 * The keys of this installation, the same on all its instances. The highest number of each purpose
 * is used for what is written; lower ones still read what was written under them.
 *
 * <p>Losing the sealing keys loses AppSecrets, session_keys, phone numbers and pushes that wait;
 * losing the peppers ends all sessions and forgets whose a phone number is and whom a push is
 * about. So does taking a pepper away for what was hashed under it: a number is hashed anew only
 * when its user binds it again, a push never.
 */
public final class KeyRing {
  private final NavigableMap<Integer, SecretKey> sealingKeys;
  private final NavigableMap<Integer, SecretKey> peppers;

  /**
   * @param sealingKeys AES-256 keys by number, at least one, numbers from 1 to 65535
   * @param peppers HMAC-SHA-256 keys by number, one, or two while one replaces the other
   * @throws IllegalArgumentException if a purpose has no key or a number is out of range
   */
  public KeyRing(
      NavigableMap<Integer, SecretKey> sealingKeys, NavigableMap<Integer, SecretKey> peppers) {
    requireKeys("sealing", sealingKeys);
    requireKeys("pepper", peppers);
    if (peppers.size() > 2) {
      throw new IllegalArgumentException("the key ring has more than two pepper keys");
    }
    this.sealingKeys = Collections.unmodifiableNavigableMap(new TreeMap<>(sealingKeys));
    this.peppers = Collections.unmodifiableNavigableMap(new TreeMap<>(peppers));
  }

  private static void requireKeys(String purpose, NavigableMap<Integer, SecretKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the key ring has no " + purpose + " key");
    }
    if (!isNumber(keys.firstKey()) || !isNumber(keys.lastKey())) {
      throw new IllegalArgumentException(purpose + " keys are numbered from 1 to 65535");
    }
  }

  /** Whether a key may have this number: two bytes hold it, and it isn't 0. */
  static boolean isNumber(int number) {
    return number >= 1 && number <= 0xFFFF;
  }

  int sealingKeyNumber() {
    return sealingKeys.lastKey();
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

  /** All peppers, the current one first. */
  List<SecretKey> peppers() {
    return List.copyOf(peppers.descendingMap().values());
  }

  @Override
  public String toString() {
    return "KeyRing[sealing " + sealingKeys.keySet() + ", pepper " + peppers.keySet() + "]";
  }
}
