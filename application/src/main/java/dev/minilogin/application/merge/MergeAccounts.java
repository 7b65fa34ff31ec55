package dev.minilogin.application.merge;

import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.operation.Actor;
import java.time.InstantSource;
import java.util.UUID;

/** Makes one account of two that are one person's, because an operator says so. */
public final class MergeAccounts {
  private final Merges merges;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public MergeAccounts(Merges merges, InstantSource clock) {
    this.merges = merges;
    this.clock = clock;
  }

  /**
   * Merges them.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be stored
   */
  public Merges.Outcome execute(UUID id, Actor operator) {
    return merges.merge(id, operator, clock.instant());
  }
}
