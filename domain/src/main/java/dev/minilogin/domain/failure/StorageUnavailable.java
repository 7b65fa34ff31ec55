package dev.minilogin.domain.failure;

/**
 * The storage could not be asked, or didn't answer: whether something exists is not known. Never to
 * be taken for "not found".
 */
public final class StorageUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param doing what was tried, as a gerund phrase without any data: "recording a login"
   * @param cause the first failure; later ones are attached to it as suppressed
   */
  public StorageUnavailable(String doing, Throwable cause) {
    super("storage unavailable while " + doing, cause);
  }
}
