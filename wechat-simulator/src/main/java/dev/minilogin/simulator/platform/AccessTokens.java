package dev.minilogin.simulator.platform;

import dev.minilogin.simulator.platform.IssuedTokens.Issued;
import java.time.Instant;
import java.util.Optional;

/**
 * Both families of access tokens, which never touch each other. Not thread-safe: {@link
 * WeChatPlatform} locks.
 */
final class AccessTokens {

  private final IssuedTokens plain = new IssuedTokens();
  private final StableTokens stable = new StableTokens();

  /** A new token of the plain family; the one before it works for five more minutes. */
  Answer plain(String appId, Instant now) {
    return granted(plain.replace(appId, now, IssuedTokens.OVERLAP), now);
  }

  /** The token of the stable family, or a forced new one. */
  Answer stable(String appId, boolean force, Instant now) {
    if (!force) {
      return granted(stable.get(appId, now), now);
    }
    return stable
        .force(appId, now)
        .map(token -> granted(token, now))
        .orElseGet(() -> Answer.refused(WeChatError.DAILY_QUOTA));
  }

  /** The stable token is replaced and dies at once, as if another system had forced it. */
  void killStable(String appId, Instant now) {
    stable.kill(appId, now);
  }

  /** Ends the life of all tokens of an app. */
  void expire(String appId, Instant now) {
    plain.expire(appId, now);
    stable.expire(appId, now);
  }

  /** A token of either family in any state. */
  Optional<Issued> find(String token) {
    return plain.find(token).or(() -> stable.find(token));
  }

  void clear() {
    plain.clear();
    stable.clear();
  }

  private static Answer granted(Issued token, Instant now) {
    return new Answer.Token(token.token(), token.remaining(now).toSeconds());
  }
}
