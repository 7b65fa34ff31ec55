package dev.minilogin.simulator.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What was arranged for the next pictures and sounds of each app. Not thread-safe: {@link
 * WeChatPlatform} locks.
 */
final class MediaVerdicts {

  private final Map<String, Deque<Suggest>> arranged = new HashMap<>();

  void arrange(String appId, Suggest suggest) {
    arranged.computeIfAbsent(appId, id -> new ArrayDeque<>()).addLast(suggest);
  }

  /** Takes the next verdict; {@code pass} when nothing was arranged. */
  Suggest take(String appId) {
    Deque<Suggest> next = arranged.get(appId);
    return next == null || next.isEmpty() ? Suggest.PASS : next.removeFirst();
  }

  void clear() {
    arranged.clear();
  }
}
