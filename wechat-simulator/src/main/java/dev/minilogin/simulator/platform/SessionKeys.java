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
  void logIn(Owner owner, Instant now, Duration minPeriod) {
    keys.compute(
        owner,
        (o, key) -> key != null && now.isBefore(key.since.plus(minPeriod)) ? key : newKey(now));
  }

  /** The valid key, made now if there is none. */
  String current(Owner owner, Instant now) {
    return keys.computeIfAbsent(owner, o -> newKey(now)).value;
  }

  /** The valid key, if there is one. */
  Optional<String> find(Owner owner) {
    return Optional.ofNullable(keys.get(owner)).map(Key::value);
  }

  /** Puts a new key in the place of the valid one, as old as that was; empty: there was none. */
  Optional<String> replace(Owner owner) {
    return Optional.ofNullable(keys.computeIfPresent(owner, (o, key) -> newKey(key.since)))
        .map(Key::value);
  }

  /** Returns whether there was a valid key. */
  boolean expire(Owner owner) {
    return keys.remove(owner) != null;
  }

  void clear() {
    keys.clear();
  }

  private static Key newKey(Instant since) {
    return new Key(RandomText.key(), since);
  }

  private record Key(String value, Instant since) {
    @Override
    public String toString() {
      return "Key[masked]";
    }
  }
}
