package dev.minilogin.adapters.wechat.push;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a push while it is read, by their names with dots. A push that is deeper or has
 * more fields than any of WeChat's is none of WeChat's.
 */
final class PushFields {
  static final int DEEPEST = 8;
  private static final int MOST = 200;

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Set<String> lists = new HashSet<>();
  private boolean tooMany;

  /** Adds a field. What has a name twice is a list, and lists are left out. */
  void add(String name, String value) {
    if (fields.size() + lists.size() >= MOST) {
      tooMany = true;
    } else if (lists.contains(name) || fields.putIfAbsent(name, value) != null) {
      fields.remove(name);
      lists.add(name);
    }
  }

  /** All fields; empty if they were too many. */
  Optional<Map<String, String>> all() {
    return tooMany ? Optional.empty() : Optional.of(fields);
  }
}
