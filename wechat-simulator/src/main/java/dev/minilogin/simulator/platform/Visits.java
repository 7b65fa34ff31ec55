package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When users were last in an app. Not thread-safe: {@link WeChatPlatform} locks. */
final class Visits {

  private static final Duration RECENT = Duration.ofHours(2);

  private final Map<Owner, Instant> last = new HashMap<>();

  void visit(Owner owner, Instant now) {
    last.put(owner, now);
  }

  /** Whether the last visit was less than two hours ago. */
  boolean isRecent(Owner owner, Instant now) {
    return last.containsKey(owner) && now.isBefore(last.get(owner).plus(RECENT));
  }

  /** Forgets where a user was. */
  void forget(String user) {
    last.keySet().removeIf(owner -> owner.user().equals(user));
  }

  void clear() {
    last.clear();
  }
}
