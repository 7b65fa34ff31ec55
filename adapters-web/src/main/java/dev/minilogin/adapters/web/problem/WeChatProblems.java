package dev.minilogin.adapters.web.problem;

import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;

/** What a client is told when WeChat doesn't give what it was asked for. */
public final class WeChatProblems {
  private WeChatProblems() {}

  /** The problem of a failure. */
  public static ProblemException of(WeChatFailure failure, Optional<Duration> retryAfter) {
    return ProblemException.of(codeOf(failure), retryAfter);
  }

  /** The problem code of a failure. */
  public static ProblemCode codeOf(WeChatFailure failure) {
    return switch (failure) {
      case CODE_INVALID -> ProblemCode.CODE_INVALID;
      case CODE_USED -> ProblemCode.CODE_USED;
      case USER_BLOCKED -> ProblemCode.USER_BLOCKED;
      case RATE_LIMITED -> ProblemCode.WECHAT_RATE_LIMITED;
      case SESSION_KEY_STALE -> ProblemCode.SESSION_KEY_STALE;
      case APP_REFUSED -> ProblemCode.WECHAT_MISCONFIGURED;
      case INVALID_ANSWER -> ProblemCode.WECHAT_INVALID_ANSWER;
      // Only content checks and risk ranks fail with NOT_VISITED, and those no client waits for.
      case BUSY, NOT_VISITED -> ProblemCode.WECHAT_BUSY;
      case UNREACHABLE -> ProblemCode.WECHAT_UNAVAILABLE;
      case TIMED_OUT -> ProblemCode.WECHAT_TIMEOUT;
    };
  }
}
