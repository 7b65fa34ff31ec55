package dev.minilogin.application.merge;

import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.operation.Actor;
import java.time.InstantSource;
import java.util.UUID;

/** Makes two accounts of one again, because an operator says so. */
public final class UndoMerge {
  private final Merges merges;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public UndoMerge(Merges merges, InstantSource clock) {
    this.merges = merges;
    this.clock = clock;
  }

  /**
   * Undoes the merge.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be stored
   */
  public Merges.Outcome execute(UUID id, Actor operator) {
    return merges.undo(id, operator, clock.instant());
  }
}
