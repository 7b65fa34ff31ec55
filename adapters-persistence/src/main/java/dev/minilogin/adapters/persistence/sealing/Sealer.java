package dev.minilogin.adapters.persistence.sealing;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database: AES-256-GCM with a random nonce (NIST SP 800-38D). What is sealed
 * for one place opens at no other, because the place is authenticated with it.
 *
 * <p>Form: a byte for the version (1), two for the key's number (0: a key that is no part of the
 * ring), twelve for the nonce, then the ciphertext with its 16 bytes of tag.
 */
@Singleton
public final class Sealer {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int HEADER_BYTES = 3;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  private final SecureRandom random;

  public Sealer(KeyRing keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * Seals a text under the ring's key in use.
   *
   * @param place where it will be kept, down to the row: "session_key wx1 oABC"
   */
  public byte[] seal(String text, String place) {
    int number = keys.sealingInUse();
    return seal(text, place, keys.sealingKey(number), number);
  }

  /**
   * Opens what was sealed for that place.
   *
   * @throws UnsealingFailed if it wasn't, or was changed, or its key is gone
   */
  public String open(byte[] sealed, String place) {
    return open(sealed, place, keys.sealingKey(keyNumber(sealed)));
  }

  /**
   * The number of the key under which something was sealed.
   *
   * @throws UnsealingFailed if it isn't anything sealed
   */
  public static int keyNumber(byte[] sealed) {
    requireForm(sealed);
    return Short.toUnsignedInt(ByteBuffer.wrap(sealed).getShort(1));
  }

  /**
   * Seals a text under a key of the caller's.
   *
   * @param key 32 bytes
   */
  public byte[] sealWith(byte[] key, String text, String place) {
    return seal(text, place, new SecretKeySpec(key, "AES"), 0);
  }

  /**
   * Opens what was sealed for that place under a key of the caller's.
   *
   * @param key 32 bytes
   * @throws UnsealingFailed if it wasn't, or was changed
   */
  public String openWith(byte[] key, byte[] sealed, String place) {
    requireForm(sealed);
    return open(sealed, place, new SecretKeySpec(key, "AES"));
  }

  private byte[] seal(String text, String place, SecretKey key, int keyNumber) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putShort((short) keyNumber).array();
    try {
      byte[] ciphertext =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, header, place)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + ciphertext.length)
          .put(header)
          .put(nonce)
          .put(ciphertext)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-256-GCM", e);
    }
  }

  private static String open(byte[] sealed, String place, SecretKey key) {
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    byte[] header = new byte[HEADER_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(header).get(nonce);
    byte[] ciphertext = new byte[buffer.remaining()];
    buffer.get(ciphertext);
    try {
      byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, header, place).doFinal(ciphertext);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new UnsealingFailed(
          "something sealed can't be opened: is MINI_LOGIN_KEYS_FILE the key ring of this"
              + " database?",
          e);
    }
  }

  private static void requireForm(byte[] sealed) {
    if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new UnsealingFailed("this is nothing that was sealed here", null);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] header, String place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
