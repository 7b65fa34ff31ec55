package dev.minilogin.application.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether the session_key that we keep is still the user's valid one at WeChat. The phone's
 * {@code wx.checkSession} can't tell: it doesn't know which key we have.
 */
public final class CheckSessionKey {
  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final SessionKeyAuthority authority;

  public CheckSessionKey(
      MiniPrograms miniPrograms, Identities identities, SessionKeyAuthority authority) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.authority = authority;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** WeChat said whether the key is valid. */
  public record Checked(boolean valid) implements Result {}

  /** WeChat couldn't be asked. */
  public record Failed(WeChatFailure failure, Optional<Duration> retryAfter) implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Asks WeChat about the newest session_key of the session's user.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Result execute(Session session) {
    Optional<MiniProgram> app = miniPrograms.find(session.appId());
    Optional<Identity> identity = identities.find(session.userId(), session.appId());
    if (app.isEmpty() || identity.isEmpty()) {
      return new AccountGone();
    }
    Reply<Boolean> reply =
        identity
            .get()
            .newestSessionKey()
            .map(key -> authority.isValid(app.get(), identity.get().openId(), key))
            .orElseGet(() -> new Reply.Given<>(false));
    return switch (reply) {
      case Reply.Given<Boolean>(Boolean valid) -> new Checked(valid);
      case Reply.Failed<Boolean>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new Failed(failure, retryAfter);
    };
  }
}
