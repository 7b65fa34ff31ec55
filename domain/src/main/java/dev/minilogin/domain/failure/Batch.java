package dev.minilogin.domain.failure;

import java.util.function.Consumer;

/** Several things to be done that have nothing to do with one another. */
public final class Batch {
  private Batch() {}

  /**
   * Does something with each element. One that fails doesn't stop the others.
   *
   * @throws RuntimeException the first failure, once all were tried; the others are attached to it
   *     as suppressed
   */
  public static <T> void forEach(Iterable<T> elements, Consumer<T> action) {
    RuntimeException first = null;
    for (T element : elements) {
      try {
        action.accept(element);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
