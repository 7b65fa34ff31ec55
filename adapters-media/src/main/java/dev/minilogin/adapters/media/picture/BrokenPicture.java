package dev.minilogin.adapters.media.picture;

import java.io.IOException;

/** An upload is no picture that we read, or a broken one. */
final class BrokenPicture extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason without anything of the upload
   */
  BrokenPicture(String reason) {
    super(reason);
  }
}
