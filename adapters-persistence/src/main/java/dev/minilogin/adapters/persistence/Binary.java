package dev.minilogin.adapters.persistence;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as BINARY(16), in the order of their bits. */
public final class Binary {
  private Binary() {}

  /** The 16 bytes of an id. */
  public static byte[] of(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** The id in 16 bytes. */
  public static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
