package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Looks for keys in texts that may be printed. */
final class KeysInText {
  private KeysInText() {}

  /** Fails if the text holds the key in hex, base64 or as an array is printed, or its beginning. */
  static void assertNone(String text, byte[] key) {
    byte[] part = Arrays.copyOf(key, 6);
    assertThat(text)
        .doesNotContainIgnoringCase(HexFormat.of().formatHex(part))
        .doesNotContain(Base64.getEncoder().encodeToString(part))
        .doesNotContain(Base64.getUrlEncoder().encodeToString(part));
    String printed = Arrays.toString(part);
    assertThat(text).doesNotContain(printed.substring(1, printed.length() - 1));
  }
}
