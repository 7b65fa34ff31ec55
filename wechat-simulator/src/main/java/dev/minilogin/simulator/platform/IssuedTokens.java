package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The access tokens of one family: the latest of each app, and what became of the others. */
final class IssuedTokens {

  static final Duration LIFETIME = Duration.ofSeconds(7200);

  /** How long a token still works after its successor was given out. */
  static final Duration OVERLAP = Duration.ofMinutes(5);

  private static final int REMEMBERED = 10_000;

  private final Map<String, Issued> currentByApp = new HashMap<>();
  private final Map<String, Issued> byToken =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Issued> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The latest token of an app, which may have expired. */
  Optional<Issued> current(String appId) {
    return Optional.ofNullable(currentByApp.get(appId));
  }

  /** Gives out a new token; the one before it works no longer than the given time. */
  Issued replace(String appId, Instant now, Duration overlap) {
    current(appId).ifPresent(old -> byToken.put(old.token, old.displacedAt(now.plus(overlap))));
    Instant end = now.plus(LIFETIME);
    Issued issued = new Issued(RandomText.accessToken(), end, end);
    currentByApp.put(appId, issued);
    byToken.put(issued.token, issued);
    return issued;
  }

  AccessTokenState stateOf(String token, Instant now) {
    Issued issued = byToken.get(token);
    if (issued == null) {
      return AccessTokenState.UNKNOWN;
    }
    if (!now.isBefore(issued.expiresAt)) {
      return AccessTokenState.EXPIRED;
    }
    return now.isBefore(issued.usableUntil) ? AccessTokenState.VALID : AccessTokenState.DISPLACED;
  }

  void clear() {
    currentByApp.clear();
    byToken.clear();
  }

  /** {@code usableUntil} is {@code expiresAt}, or earlier for a token that was displaced. */
  record Issued(String token, Instant expiresAt, Instant usableUntil) {

    Duration remaining(Instant now) {
      return Duration.between(now, expiresAt);
    }

    private Issued displacedAt(Instant end) {
      return new Issued(token, expiresAt, end.isBefore(expiresAt) ? end : expiresAt);
    }

    @Override
    public String toString() {
      return "Issued[masked]";
    }
  }
}
