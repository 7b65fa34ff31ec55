package dev.minilogin.adapters.persistence.keys;

import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A walk through all rows of all tables, page by page. A page whose visit failed is visited again.
 */
final class Walk {
  private final Iterator<KeyedTable<?>> tables;
  private final int pageSize;
  private Position<?> position;

  Walk(List<KeyedTable<?>> tables, int pageSize) {
    this.tables = tables.iterator();
    this.pageSize = pageSize;
  }

  /** What is done with a row. */
  @FunctionalInterface
  interface Visitor {
    <R> void visit(KeyedTable<R> table, R row);
  }

  /**
   * Visits the next page.
   *
   * @return how many rows it had; 0 when all have been visited
   */
  int next(Visitor visitor) {
    while (true) {
      if (position == null) {
        if (!tables.hasNext()) {
          return 0;
        }
        position = new Position<>(tables.next());
      }
      int visited = position.next(visitor, pageSize);
      if (visited > 0) {
        return visited;
      }
      position = null;
    }
  }

  private static final class Position<R> {
    private final KeyedTable<R> table;
    private Optional<R> last = Optional.empty();

    Position(KeyedTable<R> table) {
      this.table = table;
    }

    int next(Visitor visitor, int pageSize) {
      List<R> rows = table.rows(last, pageSize);
      rows.forEach(row -> visitor.visit(table, row));
      if (!rows.isEmpty()) {
        last = Optional.of(rows.getLast());
      }
      return rows.size();
    }
  }
}
