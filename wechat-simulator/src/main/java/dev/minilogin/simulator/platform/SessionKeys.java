package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * At most one valid session_key per app and user. Not thread-safe: {@link WeChatPlatform} locks.
 */
final class SessionKeys {

  private final Map<Owner, Key> keys = new HashMap<>();

  /** A login: the key changes, unless the present one is younger than the given period. */
  void logIn(String appId, String user, Instant now, Duration minPeriod) {
    keys.compute(
        new Owner(appId, user),
        (owner, key) -> key != null && now.isBefore(key.since.plus(minPeriod)) ? key : newKey(now));
  }

  /** The valid key, made now if the last one was expired by hand. */
  String current(String appId, String user, Instant now) {
    return keys.computeIfAbsent(new Owner(appId, user), owner -> newKey(now)).value;
  }

  /** The valid key, if there is one. */
  Optional<String> find(String appId, String user) {
    return Optional.ofNullable(keys.get(new Owner(appId, user))).map(Key::value);
  }

  /** Returns whether there was a valid key. */
  boolean expire(String appId, String user) {
    return keys.remove(new Owner(appId, user)) != null;
  }

  void clear() {
    keys.clear();
  }

  private static Key newKey(Instant now) {
    return new Key(RandomText.sessionKey(), now);
  }

  private record Owner(String appId, String user) {}

  private record Key(String value, Instant since) {
    @Override
    public String toString() {
      return "Key[masked]";
    }
  }
}
