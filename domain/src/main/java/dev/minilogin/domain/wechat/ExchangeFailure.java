package dev.minilogin.domain.wechat;

/** Why WeChat gave no identity for a code. */
public enum ExchangeFailure {
  /** WeChat doesn't know the code, or it is too old, or another mini program's. */
  CODE_INVALID(true),
  /** The code was exchanged before. */
  CODE_USED(true),
  /** WeChat intercepts this person's login (40226): trying again is of no use. */
  USER_BLOCKED(true),
  /** Too many logins of one person in a minute (45011). */
  RATE_LIMITED(false),
  /** WeChat refuses us: wrong appid or AppSecret, an address that is not allowed, a frozen app. */
  APP_REFUSED(false),
  /** WeChat answered, but not in its own terms: an error page, a cut body, a field missing. */
  INVALID_ANSWER(true),
  /** WeChat says that it is busy (-1). */
  BUSY(false),
  /** WeChat was not reached, or we let nothing through to it for now: nothing was sent. */
  UNREACHABLE(false),
  /** The call was sent and no answer came in time: the code may be burnt. */
  TIMED_OUT(true);

  private final boolean codeSpent;

  ExchangeFailure(boolean codeSpent) {
    this.codeSpent = codeSpent;
  }

  /** Whether this code must be taken for used up, so that only a new one can help. */
  public boolean codeSpent() {
    return codeSpent;
  }
}
