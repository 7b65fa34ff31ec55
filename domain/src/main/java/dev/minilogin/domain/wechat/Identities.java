package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * The people whom WeChat vouched for. They are created by a login ({@code Logins}) and by nothing
 * else.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked.
 */
public interface Identities {
  /**
   * Who a user is in a mini program; of several identities the one that logged in last.
   *
   * @return empty if the user never logged in there, or the account was erased
   */
  Optional<Identity> find(UserId userId, AppId appId);

  /** Who a person is here; empty if they never logged in, or the account was erased. */
  Optional<Identity> find(AppId appId, OpenId openId);

  /**
   * Keeps a session_key that replaced another one at WeChat, as a login would.
   *
   * @return {@code false}, and nothing changed, if the identity is gone
   */
  boolean keep(AppId appId, OpenId openId, SessionKey key, Instant at);

  /**
   * Writes down how much of a risk WeChat takes a person for.
   *
   * @param flagged whether the mini program's policy makes something of it
   */
  void rank(AppId appId, OpenId openId, int rank, boolean flagged, Instant at);

  /** The rank that was last written down, if one was. */
  Optional<Ranked> ranked(AppId appId, OpenId openId);

  /** How much of a risk WeChat took a person for. */
  record Ranked(int rank, boolean flagged, Instant at) {}
}
