package dev.minilogin.domain.retention;

import java.time.Instant;

/**
 * Forgets what is past its time. It takes nothing that is still good, whoever uses it meanwhile.
 *
 * <p>Throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage can't be asked.
 */
public interface Retention {
  /**
   * Forgets some, the oldest first.
   *
   * @param before of what is counted from an earlier moment than this; see {@link Expiry}
   * @param limit at most so many
   * @return how many; as many as the limit: there may be more
   */
  int purge(Expiry what, Instant before, int limit);
}
