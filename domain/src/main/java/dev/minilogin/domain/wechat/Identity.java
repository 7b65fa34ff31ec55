package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A person in one mini program, as kept here.
 *
 * @param userId whose it is
 * @param sessionKeys the last three at most, the newest first: a login or a prefetch at WeChat
 *     replaces the session_key, and a client may send what was encrypted before; those that can't
 *     be read any more are left out, so that there may be none until the next login
 */
public record Identity(AppId appId, OpenId openId, UserId userId, List<SessionKey> sessionKeys) {
  public Identity {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(openId, "openId");
    Objects.requireNonNull(userId, "userId");
    sessionKeys = List.copyOf(sessionKeys);
  }

  /** The session_key that should be the valid one; empty if none is kept that can be read. */
  public Optional<SessionKey> newestSessionKey() {
    return sessionKeys.stream().findFirst();
  }
}
