package dev.minilogin.application.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Replaces a user's session_key, for a client that fears for the old one. What was encrypted before
 * can still be opened here for a while.
 */
public final class ResetSessionKey {
  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final SessionKeyAuthority authority;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ResetSessionKey(
      MiniPrograms miniPrograms,
      Identities identities,
      SessionKeyAuthority authority,
      InstantSource clock) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.authority = authority;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** There is a new session_key. */
  public record Reset() implements Result {}

  /** WeChat gave none. */
  public record Failed(WeChatFailure failure, Optional<Duration> retryAfter) implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Replaces the newest session_key of the session's user.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked; a new
   *     key that WeChat gave may then be lost, which the next login repairs
   */
  public Result execute(Session session) {
    Optional<MiniProgram> app = miniPrograms.find(session.appId());
    Optional<Identity> found = identities.find(session.userId(), session.appId());
    if (app.isEmpty() || found.isEmpty()) {
      return new AccountGone();
    }
    Identity identity = found.get();
    Reply<SessionKey> reply =
        identity
            .newestSessionKey()
            .map(key -> authority.reset(app.get(), identity.openId(), key))
            .orElseGet(() -> new Reply.Failed<>(WeChatFailure.SESSION_KEY_STALE));
    return switch (reply) {
      case Reply.Given<SessionKey>(SessionKey key) ->
          identities.keep(identity.appId(), identity.openId(), key, clock.instant())
              ? new Reset()
              : new AccountGone();
      case Reply.Failed<SessionKey>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new Failed(failure, retryAfter);
    };
  }
}
