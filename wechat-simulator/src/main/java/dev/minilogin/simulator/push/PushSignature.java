package dev.minilogin.simulator.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Both signatures of a push: SHA-1 over the sorted parts. */
final class PushSignature {

  private PushSignature() {}

  /**
   * 40 lower-case hex digits.
   *
   * @param parts token, timestamp and nonce; for {@code msg_signature} the {@code Encrypt} too
   */
  static String of(String... parts) {
    String sorted = Stream.of(parts).sorted().collect(Collectors.joining());
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(sorted.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
