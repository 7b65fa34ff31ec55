package dev.minilogin.domain.avatar;

import java.util.Objects;

/**
 * A picture that we made.
 *
 * @param mediaType {@code image/jpeg} or {@code image/png}
 * @param content the file; belongs to whoever asked for it
 */
public record Picture(String mediaType, byte[] content) {
  public Picture {
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(content, "content");
  }

  @Override
  public String toString() {
    return "Picture[" + mediaType + ", " + content.length + " bytes]";
  }
}
