package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import java.util.List;

/**
 * What WeChat does with a person's session_key. It is proved by a signature, never sent:
 * hmac_sha256 of the empty text under the session_key's text.
 */
public interface SessionKeyAuthority {
  /** Whether this is still the person's valid session_key (checkSessionKey). */
  Reply<Boolean> isValid(MiniProgram app, OpenId openId, SessionKey key);

  /**
   * Replaces a person's session_key (resetUserSessionKey). The new one ends when the old one would
   * have. Fails with {@link WeChatFailure#SESSION_KEY_STALE} if the old one isn't valid.
   */
  Reply<SessionKey> reset(MiniProgram app, OpenId openId, SessionKey key);

  /**
   * The keys of the encrypted channel between the person's phone and us (getUserEncryptKey,
   * 小程序加密网络通道), the newest first, at most three, each valid for an hour at most. Fails with {@link
   * WeChatFailure#SESSION_KEY_STALE} if the session_key isn't valid.
   */
  Reply<List<EncryptKey>> encryptKeys(MiniProgram app, OpenId openId, SessionKey key);
}
