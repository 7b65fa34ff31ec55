package dev.minilogin.adapters.wechat.token;

import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens.Dated;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of a mini program's token.
 *
 * @param held the newest token that it knows
 * @param renewAt when the held one is to be renewed, though it still works
 * @param rejected the last token that WeChat didn't accept
 * @param refusal why the last renewal failed; empty once one succeeds
 */
record Known(
    Optional<Dated> held,
    Instant renewAt,
    Optional<AccessToken> rejected,
    Optional<Refusal> refusal) {
  static final Known NOTHING =
      new Known(Optional.empty(), Instant.EPOCH, Optional.empty(), Optional.empty());

  /** A call that begins now must not arrive with a token that has just ended. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** The held token, if it can be used. */
  Optional<AccessToken> usable(Instant now) {
    return held.filter(token -> isUsable(token, now)).map(Dated::token);
  }

  /** Whether the held token is to be renewed. */
  boolean isDue(Instant now) {
    return !now.isBefore(renewAt);
  }

  /** The refusal because of which WeChat is not asked for a token now. */
  Optional<Refusal> refusal(Instant now) {
    return refusal.filter(standing -> now.isBefore(standing.retryAt()));
  }

  /** Whether a token is good and another one than the held one. */
  boolean isBetter(Dated other, Instant now) {
    return isUsable(other, now)
        && held.filter(token -> token.token().equals(other.token())).isEmpty();
  }

  boolean isRejected(AccessToken token) {
    return rejected.filter(token::equals).isPresent();
  }

  private boolean isUsable(Dated token, Instant now) {
    return now.isBefore(token.expiresAt().minus(MARGIN)) && !isRejected(token.token());
  }

  /** After a token was found or fetched; it is trusted, though it may have been rejected before. */
  Known holding(Dated token, Instant nextRenewal) {
    return new Known(
        Optional.of(token),
        nextRenewal,
        rejected.filter(other -> !other.equals(token.token())),
        Optional.empty());
  }

  /** After a renewal has failed in a way that says nothing of the app. */
  Known puttingOff(Instant nextRenewal) {
    return new Known(held, nextRenewal, rejected, refusal);
  }

  /** After WeChat didn't accept a token; what is said late of an older one says nothing. */
  Known rejecting(AccessToken token) {
    boolean isHeld = held.filter(dated -> dated.token().equals(token)).isPresent();
    return isHeld ? new Known(held, renewAt, Optional.of(token), refusal) : this;
  }

  /** After WeChat gave no token. */
  Known refused(Refusal why) {
    return new Known(held, renewAt, rejected, Optional.of(why));
  }
}
