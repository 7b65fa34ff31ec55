package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The access tokens of all mini programs, shared by all instances. One instance at a time renews a
 * mini program's token: the one that holds the lease.
 *
 * <p>Every method is atomic, holds no lock when it returns, and throws {@link
 * dev.minilogin.domain.failure.StorageUnavailable} if the storage can't be asked.
 */
public interface AccessTokens {
  /** What is kept of a mini program's token. */
  State find(AppId appId);

  /**
   * What is kept of a mini program's token.
   *
   * @param token the newest token, expired or not; empty if there is none or it was dropped
   * @param leasedUntil until when somebody renews it; the past if nobody does
   * @param forcedAt when WeChat was last made to give another token; it allows 20 a day
   * @param refusal why the last renewal failed; empty once one succeeds
   */
  record State(
      Optional<Dated> token,
      Instant leasedUntil,
      Optional<Instant> forcedAt,
      Optional<Refusal> refusal) {
    /** Of a mini program that never had a token. */
    public static final State NONE =
        new State(Optional.empty(), Instant.EPOCH, Optional.empty(), Optional.empty());

    public State {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(leasedUntil, "leasedUntil");
      Objects.requireNonNull(forcedAt, "forcedAt");
      Objects.requireNonNull(refusal, "refusal");
    }
  }

  /** A token and when it ends. */
  record Dated(AccessToken token, Instant expiresAt) {
    public Dated {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /**
   * A renewal that failed.
   *
   * @param errcode WeChat's; empty if WeChat gave none
   * @param retryAt nobody asks before that, so that a refusal makes no loop
   */
  record Refusal(WeChatFailure failure, Optional<Long> errcode, Instant retryAt) {
    public Refusal {
      Objects.requireNonNull(failure, "failure");
      Objects.requireNonNull(errcode, "errcode");
      Objects.requireNonNull(retryAt, "retryAt");
    }
  }

  /**
   * Takes the right to renew a token. Of all callers on all instances one is told {@code true}
   * until the lease ends.
   *
   * @param lease names the taker
   * @param seen the token that the caller wants renewed; if another is kept by now, somebody was
   *     faster and nobody needs to renew
   * @param until when the right ends, should its holder not come back
   * @return {@code false}, and nothing changed, if another one is kept, somebody else renews it, or
   *     a refusal says to wait
   */
  boolean lease(AppId appId, UUID lease, Optional<AccessToken> seen, Instant now, Instant until);

  /**
   * Keeps a renewed token and ends the lease.
   *
   * @param forced whether WeChat was made to give another one
   * @return {@code false}, and nothing changed, if the lease is no longer the caller's
   */
  boolean renew(AppId appId, UUID lease, Dated token, boolean forced, Instant now);

  /**
   * Notes that the token couldn't be renewed and ends the lease; the token that is kept stays.
   *
   * @return {@code false}, and nothing changed, if the lease is no longer the caller's
   */
  boolean refuse(AppId appId, UUID lease, Refusal refusal);

  /**
   * Drops a token that WeChat didn't accept.
   *
   * @return {@code false}, and nothing changed, if another one is kept by now
   */
  boolean drop(AppId appId, AccessToken refused);
}
