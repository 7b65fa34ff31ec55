package dev.minilogin.adapters.persistence.revocation;

import java.time.Duration;
import java.util.List;

/** Where a {@link RevocationFeed} hears of revocations. */
@FunctionalInterface
interface RevocationSource {
  /**
   * What was revoked since then; if it is more than the limit, whichever part of it.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if nothing can be heard
   */
  List<RevocationRow> latest(Duration lookBack, int limit);
}
