package dev.minilogin.adapters.persistence.sealing;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys that differ in their number only, so that the same number is the same key in every ring. */
final class SampleKeys {
  private SampleKeys() {}

  /** A ring with these sealing keys and pepper 1. */
  static KeyRing sealing(int... numbers) {
    return new KeyRing(keys("AES", numbers), keys("HmacSHA256", 1));
  }

  /** A ring with these peppers and sealing key 1. */
  static KeyRing peppers(int... numbers) {
    return new KeyRing(keys("AES", 1), keys("HmacSHA256", numbers));
  }

  /** The same keys, others in use. */
  static KeyRing inUse(KeyRing ring, OptionalInt sealing, OptionalInt pepper) {
    return new KeyRing(
        keys("AES", ring.sealingNumbers().stream().mapToInt(n -> n).toArray()),
        keys("HmacSHA256", ring.pepperNumbers().stream().mapToInt(n -> n).toArray()),
        sealing,
        pepper);
  }

  static NavigableMap<Integer, SecretKey> keys(String algorithm, int... numbers) {
    NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
    for (int number : numbers) {
      keys.put(number, new SecretKeySpec(bytes(number), algorithm));
    }
    return keys;
  }

  /** 32 bytes. */
  static byte[] bytes(int number) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 0x5A);
    key[0] = (byte) (number >> 8);
    key[1] = (byte) number;
    return key;
  }
}
