package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the platform answers to a server API call. */
public sealed interface Answer {

  /** Done, and nothing to tell. */
  record Done() implements Answer {}

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

  /** A session_key was replaced by this one. */
  record NewSessionKey(String openid, String sessionKey) implements Answer {
    @Override
    public String toString() {
      return "NewSessionKey[masked]";
    }
  }

  /**
   * A phone code was exchanged.
   *
   * @param at when the user pressed the button
   */
  record Phone(PhoneNumber number, String appId, Instant at) implements Answer {}

  /** Encrypted data that WeChat made. */
  record EncryptedData(Instant createdAt) implements Answer {}

  /** A plugin code was exchanged. */
  record Openpid(String openpid) implements Answer {
    @Override
    public String toString() {
      return "Openpid[masked]";
    }
  }

  /**
   * The encrypt keys of a user.
   *
   * @param keys newest first
   * @param now from when their lifetime counts
   */
  record UserKeys(List<UserKey> keys, Instant now) implements Answer {}

  /**
   * A text was checked.
   *
   * @param keyword what the advice is based on; none for {@link Suggest#PASS}
   */
  record TextVerdict(Suggest suggest, Optional<String> keyword, String traceId) implements Answer {}

  /** A file will be checked, and the result pushed. */
  record MediaAccepted(MediaCheck check) implements Answer {}

  /** A user's risk, 0 to 4. */
  record RiskRank(int rank, int queryNumber) implements Answer {}

  /** Addresses of WeChat's servers. */
  record IpList(List<String> ips) implements Answer {}

  /**
   * A business error.
   *
   * @param errmsg without the {@code rid} and the hint; empty: the usual text
   */
  record Refused(int errcode, Optional<String> errmsg) implements Answer {}

  /** A refusal with the usual text. */
  static Refused refused(WeChatError error) {
    return new Refused(error.errcode(), Optional.empty());
  }
}
