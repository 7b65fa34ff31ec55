package dev.minilogin.domain.wechat;

/** Why WeChat didn't give what it was asked for. */
public enum WeChatFailure {
  /** WeChat doesn't know the code, or it is too old, or another mini program's. */
  CODE_INVALID(true),
  /** The code was exchanged before. */
  CODE_USED(true),
  /** WeChat intercepts this person's login (40226): trying again is of no use. */
  USER_BLOCKED(true),
  /** Too many calls in a minute or a day (45011, 45009, 44991). */
  RATE_LIMITED(false),
  /** The session_key is no longer the person's valid one (87007, 87009). */
  SESSION_KEY_STALE(false),
  /** The person hasn't used the mini program in the last two hours (61010). */
  NOT_VISITED(false),
  /**
   * WeChat refuses us: wrong appid or AppSecret, an address that is not allowed, a frozen app, an
   * API that the app may not use, a call that WeChat doesn't understand.
   */
  APP_REFUSED(false),
  /** WeChat answered, but not in its own terms: an error page, a cut body, a field missing. */
  INVALID_ANSWER(true),
  /** WeChat says that it is busy (-1). */
  BUSY(false),
  /** WeChat was not reached, or we let nothing through to it for now: nothing was sent. */
  UNREACHABLE(false),
  /** The call was sent and no answer came in time: a code may be burnt. */
  TIMED_OUT(true);

  private final boolean codeSpent;

  WeChatFailure(boolean codeSpent) {
    this.codeSpent = codeSpent;
  }

  /** Whether a code that was sent must be taken for used up, so that only a new one can help. */
  public boolean codeSpent() {
    return codeSpent;
  }
}
