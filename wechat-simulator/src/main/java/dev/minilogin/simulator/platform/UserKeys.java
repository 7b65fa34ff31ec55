package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last three encrypt keys of each user in an app, newest first. Not thread-safe: {@link
 * WeChatPlatform} locks.
 */
final class UserKeys {

  private static final Duration LIFETIME = Duration.ofSeconds(3600);
  private static final int KEPT = 3;

  private final Map<Owner, List<UserKey>> keys = new HashMap<>();

  /** The newest key, made now if there is none that still lives. */
  UserKey latest(Owner owner, Instant now) {
    List<UserKey> known = keys.computeIfAbsent(owner, o -> new ArrayList<>());
    if (known.isEmpty() || !now.isBefore(known.getFirst().expiresAt())) {
      int version = known.isEmpty() ? 1 : known.getFirst().version() + 1;
      known.addFirst(
          new UserKey(RandomText.key(), RandomText.hex(16), version, now, now.plus(LIFETIME)));
      if (known.size() > KEPT) {
        known.removeLast();
      }
    }
    return known.getFirst();
  }

  /** All that are kept, of which the first lives. */
  List<UserKey> list(Owner owner, Instant now) {
    latest(owner, now);
    return List.copyOf(keys.get(owner));
  }

  void clear() {
    keys.clear();
  }
}
