package dev.minilogin.domain.session;

import dev.minilogin.domain.identifier.Sha256;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Tells the installs of a mini program apart without keeping what the client calls them.
 *
 * @param hex SHA-256 of the client's install id, as 64 lower-case hexadecimal digits
 */
public record InstallHash(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public InstallHash {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("an install hash must be 64 hexadecimal digits");
    }
  }

  /** The hash of what a client calls its install. */
  public static InstallHash of(String installId) {
    return new InstallHash(Sha256.hex(installId));
  }

  /** The hash as 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Without the hash, which is the same wherever the install is used. */
  @Override
  public String toString() {
    return "InstallHash[masked]";
  }
}
