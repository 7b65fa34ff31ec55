package dev.minilogin.adapters.persistence.sealing;

/**
 * Something sealed can't be opened: it was changed, belongs elsewhere, or its key is gone. Never
 * tells what it was.
 */
public final class UnsealingFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsealingFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
