package dev.minilogin.application.merge;

import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.merge.Merges;
import java.util.List;

/** Shows an operator which accounts are one person's, and which were merged. */
public final class ListMerges {
  private final Merges merges;

  public ListMerges(Merges merges) {
    this.merges = merges;
  }

  /**
   * Those that were found or merged, the newest first.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public List<Merge> execute() {
    return merges.all();
  }
}
