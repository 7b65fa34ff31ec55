package dev.minilogin.simulator.platform;

import java.util.Arrays;
import java.util.List;

/** A file that may be a picture of a kind that WeChat checks: PNG, JPEG or GIF. */
record Picture(byte[] content) {

  private static final int LARGEST = 1024 * 1024;
  private static final List<byte[]> BEGINNINGS =
      List.of(
          new byte[] {(byte) 0x89, 'P', 'N', 'G'},
          new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
          new byte[] {'G', 'I', 'F', '8'});

  boolean isTooLarge() {
    return content.length > LARGEST;
  }

  boolean isOfKnownKind() {
    return BEGINNINGS.stream()
        .anyMatch(
            start ->
                content.length >= start.length
                    && Arrays.equals(content, 0, start.length, start, 0, start.length));
  }

  @Override
  public String toString() {
    return "Picture[" + content.length + " bytes]";
  }
}
