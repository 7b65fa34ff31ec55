package dev.minilogin.domain.wechat;

import java.util.Objects;
import java.util.Optional;

/**
 * What WeChat says of the person behind a code.
 *
 * @param openId the person in this mini program
 * @param unionId the person in all apps of the Open Platform account; empty if the mini program is
 *     bound to none
 * @param sessionKey the newest session_key of this person in this mini program
 */
public record WeChatIdentity(OpenId openId, Optional<UnionId> unionId, SessionKey sessionKey) {
  public WeChatIdentity {
    Objects.requireNonNull(openId, "openId");
    Objects.requireNonNull(unionId, "unionId");
    Objects.requireNonNull(sessionKey, "sessionKey");
  }
}
