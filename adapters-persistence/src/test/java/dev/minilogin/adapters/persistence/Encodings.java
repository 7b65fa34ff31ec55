package dev.minilogin.adapters.persistence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The forms in which a value could stand in a column, and the search for them. */
final class Encodings {
  /** So many bytes are no accident, and fit into our narrowest columns. */
  private static final int PART = 16;

  private Encodings() {}

  /** The bytes themselves, in hex, and in base64 wherever in a longer text they begin. */
  static List<byte[]> of(byte[] value) {
    List<byte[]> forms = new ArrayList<>();
    forms.add(value);
    forms.add(ascii(HexFormat.of().formatHex(value)));
    forms.add(ascii(HexFormat.of().withUpperCase().formatHex(value)));
    for (int before = 0; before < 3; before++) {
      forms.add(ascii(base64(Base64.getEncoder(), before, value)));
      forms.add(ascii(base64(Base64.getUrlEncoder(), before, value)));
    }
    return forms;
  }

  /** The digits of base64 that depend on nothing but the value, with so many bytes before it. */
  private static String base64(Base64.Encoder encoder, int before, byte[] value) {
    byte[] longer = new byte[before + value.length];
    System.arraycopy(value, 0, longer, before, value.length);
    String digits = encoder.withoutPadding().encodeToString(longer);
    int first = before == 0 ? 0 : before + 1;
    int end = digits.length() - (longer.length % 3 == 0 ? 0 : 1);
    return digits.substring(first, end);
  }

  /** What a text is the hex or base64 of, if it can be. */
  static List<byte[]> decoded(String text) {
    List<byte[]> values = new ArrayList<>();
    if (text.matches("([0-9a-f]{2})+")) {
      values.add(HexFormat.of().parseHex(text));
    } else if (text.length() % 4 == 0 && text.matches("[A-Za-z0-9+/]+={0,2}")) {
      values.add(Base64.getDecoder().decode(text));
    }
    return values;
  }

  /**
   * Whether the beginning or the end of the wanted bytes is in the content: all may be too long.
   */
  static boolean holdsPart(byte[] content, byte[] wanted) {
    int length = Math.min(wanted.length, PART);
    return holds(content, wanted, 0, length)
        || holds(content, wanted, wanted.length - length, wanted.length);
  }

  private static boolean holds(byte[] content, byte[] wanted, int from, int to) {
    int length = to - from;
    for (int at = 0; at <= content.length - length; at++) {
      if (Arrays.equals(content, at, at + length, wanted, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
