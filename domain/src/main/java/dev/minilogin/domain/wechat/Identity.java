package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import java.util.List;
import java.util.Objects;

/**
 * A person in one mini program, as kept here.
 *
 * @param userId whose it is
 * @param sessionKeys the last three at most, the newest first: a login or a prefetch at WeChat
 *     replaces the session_key, and a client may send what was encrypted before
 */
public record Identity(AppId appId, OpenId openId, UserId userId, List<SessionKey> sessionKeys) {
  public Identity {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(openId, "openId");
    Objects.requireNonNull(userId, "userId");
    sessionKeys = List.copyOf(sessionKeys);
  }
}
