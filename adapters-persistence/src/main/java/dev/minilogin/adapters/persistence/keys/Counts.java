package dev.minilogin.adapters.persistence.keys;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many values stand under each key, by {@code table.column}. */
final class Counts {
  private final NavigableMap<Integer, NavigableMap<String, Long>> byKey = new TreeMap<>();

  void add(int key, String column) {
    byKey.computeIfAbsent(key, _ -> new TreeMap<>()).merge(column, 1L, Long::sum);
  }

  /** The keys that anything stands under. */
  Iterable<Integer> keys() {
    return byKey.keySet();
  }

  long of(int key) {
    return columns(key).values().stream().mapToLong(Long::longValue).sum();
  }

  /** {@code users.phone 3, push_inbox.event 1}; empty if nothing stands under the key. */
  String print(int key) {
    return columns(key).entrySet().stream()
        .map(column -> String.format(Locale.ROOT, "%s %d", column.getKey(), column.getValue()))
        .collect(Collectors.joining(", "));
  }

  private Map<String, Long> columns(int key) {
    return byKey.getOrDefault(key, new TreeMap<>());
  }
}
