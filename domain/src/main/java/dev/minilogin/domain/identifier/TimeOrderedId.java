package dev.minilogin.domain.identifier;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Identifiers that sort by the time of their making, so that new rows go to the end of an index:
 * UUID version 7, RFC 9562 section 5.7.
 */
public final class TimeOrderedId {
  private TimeOrderedId() {}

  /**
   * @param at gives the first 48 bits, in milliseconds
   * @param random gives 74 bits
   */
  public static UUID make(Instant at, SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long high = at.toEpochMilli() << 16 | 0x7000L | buffer.getLong(0) & 0x0FFFL;
    long low = buffer.getLong(8) & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
