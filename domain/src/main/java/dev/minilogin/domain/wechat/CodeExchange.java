package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import java.time.Duration;
import java.util.Optional;

/** WeChat's code2Session: a code for the identity of the person who logs in. */
public interface CodeExchange {
  /**
   * Exchanges a code, once: a code that was sent is never sent again, since WeChat may have burnt
   * it. Takes at most a few seconds, needs no access token and throws nothing that WeChat or the
   * network can cause.
   */
  Result exchange(MiniProgram app, LoginCode code);

  /** What came of it. */
  sealed interface Result {}

  /** WeChat knows the person. */
  record Exchanged(WeChatIdentity identity) implements Result {}

  /**
   * WeChat gave no identity.
   *
   * @param retryAfter when to try again at the earliest; empty if waiting doesn't help
   */
  record Failed(ExchangeFailure failure, Optional<Duration> retryAfter) implements Result {}
}
