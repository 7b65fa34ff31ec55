package dev.minilogin.domain.retention;

import java.time.Instant;
import java.util.UUID;

/**
 * Who of several instances does what one alone should do. A lease ends by itself, so that nobody
 * waits for an instance that is gone.
 *
 * <p>Every method is atomic and throws {@link dev.minilogin.domain.failure.StorageUnavailable} if
 * the storage can't be asked.
 */
public interface Leases {
  /**
   * Takes a lease, or goes on with it.
   *
   * @param name of the thing to do; at most 32 ASCII characters
   * @param holder who takes it
   * @param until when it ends
   * @return {@code false}, and nothing changed, if somebody else holds it
   */
  boolean take(String name, UUID holder, Instant now, Instant until);

  /** Gives a lease back; one that somebody else holds stays. */
  void give(String name, UUID holder);
}
