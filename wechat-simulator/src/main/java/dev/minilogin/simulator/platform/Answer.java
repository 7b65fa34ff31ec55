package dev.minilogin.simulator.platform;

import java.util.Optional;

/** What the platform answers to a server API call. */
public sealed interface Answer {

  /**
   * A login code was exchanged.
   *
   * @param unionid only for an app that is bound to an Open Platform account
   */
  record Session(String sessionKey, String openid, Optional<String> unionid) implements Answer {
    @Override
    public String toString() {
      return "Session[masked]";
    }
  }

  /**
   * An access token.
   *
   * @param expiresIn seconds for which it may still be used, at most 7200
   */
  record Token(String accessToken, long expiresIn) implements Answer {
    @Override
    public String toString() {
      return "Token[masked, expiresIn=" + expiresIn + "]";
    }
  }

  /**
   * A business error.
   *
   * @param errmsg without the {@code rid}
   */
  record Refused(int errcode, String errmsg) implements Answer {}

  /** A refusal with the usual text. */
  static Refused refused(WeChatError error) {
    return new Refused(error.errcode(), error.message());
  }
}
