package dev.minilogin.domain.identifier;

/**
 * A value that must reach no log, no error and no client that doesn't own it. Implementations are
 * records whose {@code toString} is {@link #masked()}.
 */
public interface Secret {
  /** The secret itself: only for sending it where it belongs, sealing it or comparing it. */
  Object reveal();

  /** What may be printed: the kind of the secret and nothing of its value, not even its length. */
  default String masked() {
    return getClass().getSimpleName() + "[masked]";
  }
}
