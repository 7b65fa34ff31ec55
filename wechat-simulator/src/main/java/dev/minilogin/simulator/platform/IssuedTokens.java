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
    Issued issued = new Issued(appId, RandomText.accessToken(), end, end);
    currentByApp.put(appId, issued);
    byToken.put(issued.token, issued);
    return issued;
  }

  /** Ends the life of all of an app's tokens. */
  void expire(String appId, Instant now) {
    currentByApp.remove(appId);
    byToken.replaceAll(
        (token, issued) -> issued.appId.equals(appId) ? issued.endingAt(now) : issued);
  }

  /** A token in any state. */
  Optional<Issued> find(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  void clear() {
    currentByApp.clear();
    byToken.clear();
  }

  /** {@code usableUntil} is {@code expiresAt}, or earlier for a token that was displaced. */
  record Issued(String appId, String token, Instant expiresAt, Instant usableUntil) {

    Duration remaining(Instant now) {
      return Duration.between(now, expiresAt);
    }

    AccessTokenState state(Instant now) {
      if (!now.isBefore(expiresAt)) {
        return AccessTokenState.EXPIRED;
      }
      return now.isBefore(usableUntil) ? AccessTokenState.VALID : AccessTokenState.DISPLACED;
    }

    private Issued displacedAt(Instant end) {
      return new Issued(appId, token, expiresAt, end.isBefore(expiresAt) ? end : expiresAt);
    }

    private Issued endingAt(Instant end) {
      return end.isBefore(expiresAt) ? new Issued(appId, token, end, end) : this;
    }

    @Override
    public String toString() {
      return "Issued[masked]";
    }
  }
}
