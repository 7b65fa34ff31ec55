package dev.minilogin.application.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.InMemoryApi;
import dev.minilogin.domain.testing.InMemorySessionKeyAuthority;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.util.Optional;

/** The session_keys that WeChat gives to the people of a mini program. */
public final class SessionKeys {
  private final MiniProgram app;
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final InMemorySessionKeyAuthority authority = new InMemorySessionKeyAuthority(weChat);

  public SessionKeys(MiniProgram app) {
    this.app = app;
  }

  /** What WeChat does with the session_keys that it gave. */
  public InMemorySessionKeyAuthority authority() {
    return authority;
  }

  /** Who a user is after {@code wx.login}, which gives them a new session_key. */
  public WeChatIdentity login(String user) {
    return Replies.given(weChat.exchange(app, weChat.codeFor(user, app)));
  }

  /** What an API in memory says about waiting, with such a failure. */
  public static Optional<Duration> retryAfter(WeChatFailure failure) {
    return switch (failure) {
      case RATE_LIMITED, BUSY, UNREACHABLE -> Optional.of(InMemoryApi.RETRY_AFTER);
      default -> Optional.empty();
    };
  }
}
