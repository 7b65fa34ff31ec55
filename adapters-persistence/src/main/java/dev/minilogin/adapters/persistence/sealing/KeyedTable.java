package dev.minilogin.adapters.persistence.sealing;

import java.util.List;
import java.util.Optional;

/**
 * A table that keeps values under keys of the ring, for those who go through all of them when keys
 * change. Each such table has a bean.
 *
 * @param <R> a row
 */
public interface KeyedTable<R> {
  /** The table's name. */
  String name();

  /**
   * The next rows by primary key, also those that keep no such value.
   *
   * @param last the last row that the caller has seen; empty at the beginning
   * @throws dev.minilogin.domain.failure.StorageUnavailable if they can't be read
   */
  List<R> rows(Optional<R> last, int limit);

  /** What a row keeps under keys of the ring. */
  List<SealedValue> values(R row);

  /**
   * Puts renewed values in the place of those that the row had, unless one of its sealed or hashed
   * values has changed since it was read. Nothing else of the row changes.
   *
   * @return whether it was written
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be written
   */
  boolean write(R row, RenewedValues values);
}
