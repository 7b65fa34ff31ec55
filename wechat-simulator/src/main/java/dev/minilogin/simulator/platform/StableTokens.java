package dev.minilogin.simulator.platform;

import dev.minilogin.simulator.platform.IssuedTokens.Issued;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens of {@code stable_token}. Not thread-safe: {@link WeChatPlatform} locks. */
final class StableTokens {

  private static final int FORCED_PER_DAY = 20;
  private static final Duration FORCED_PAUSE = Duration.ofSeconds(30);

  private final IssuedTokens tokens = new IssuedTokens();
  private final Map<String, Forced> forced = new HashMap<>();

  /** The same token until less than five minutes of it are left; then a new one, and both work. */
  Issued get(String appId, Instant now) {
    return tokens
        .current(appId)
        .filter(token -> token.remaining(now).compareTo(IssuedTokens.OVERLAP) >= 0)
        .orElseGet(() -> tokens.replace(appId, now, IssuedTokens.OVERLAP));
  }

  /**
   * A new token, and the old one dies at once. Within 30 seconds of the last time nothing is
   * renewed and the present token is returned. Empty: the twenty of this day are used up.
   */
  Optional<Issued> force(String appId, Instant now) {
    LocalDate today = BeijingTime.day(now);
    Forced last = forced.getOrDefault(appId, new Forced(Instant.EPOCH, today, 0));
    if (now.isBefore(last.at.plus(FORCED_PAUSE))) {
      return Optional.of(get(appId, now));
    }
    int count = last.day.equals(today) ? last.count : 0;
    if (count >= FORCED_PER_DAY) {
      return Optional.empty();
    }
    forced.put(appId, new Forced(now, today, count + 1));
    return Optional.of(kill(appId, now));
  }

  /** A new token out of turn, and the old one dies at once. */
  Issued kill(String appId, Instant now) {
    return tokens.replace(appId, now, Duration.ZERO);
  }

  void expire(String appId, Instant now) {
    tokens.expire(appId, now);
  }

  Optional<Issued> find(String token) {
    return tokens.find(token);
  }

  void clear() {
    tokens.clear();
    forced.clear();
  }

  private record Forced(Instant at, LocalDate day, int count) {}
}
