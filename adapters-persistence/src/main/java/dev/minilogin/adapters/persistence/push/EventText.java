package dev.minilogin.adapters.persistence.push;

import java.util.HashMap;
import java.util.Map;

/**
 * What is sealed of an event: its fields, name and value in turn, each with its length before it:
 * {@code 5:Event18:user_info_modified}. So no character needs to be escaped.
 */
final class EventText {
  private EventText() {}

  static String write(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          append(text, name);
          append(text, value);
        });
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  static Map<String, String> read(String text) {
    Map<String, String> fields = new HashMap<>();
    int at = 0;
    while (at < text.length()) {
      String name = part(text, at);
      at = after(text, at);
      fields.put(name, part(text, at));
      at = after(text, at);
    }
    return fields;
  }

  private static String part(String text, int at) {
    return text.substring(text.indexOf(':', at) + 1, after(text, at));
  }

  private static int after(String text, int at) {
    int colon = text.indexOf(':', at);
    return colon + 1 + Integer.parseInt(text, at, colon, 10);
  }
}
