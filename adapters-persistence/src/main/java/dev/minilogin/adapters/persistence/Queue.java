package dev.minilogin.adapters.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Takes rows out of a table that several instances work on, without a lock that outlives a
 * statement: reads which are due, then takes each on the condition that nobody else did meanwhile.
 */
public final class Queue {
  private Queue() {}

  /**
   * @param limit take at most so many
   * @param due reads at most so many rows that are due
   * @param take whether this caller got a row; then it is no longer due
   */
  public static <R> List<R> claim(int limit, IntFunction<List<R>> due, Predicate<R> take) {
    List<R> taken = new ArrayList<>();
    while (taken.size() < limit) {
      int wanted = limit - taken.size();
      List<R> rows = due.apply(wanted);
      rows.stream().filter(take).forEach(taken::add);
      if (rows.size() < wanted) {
        break;
      }
      // Where somebody else was faster, rows that come later may be due.
    }
    return taken;
  }
}
