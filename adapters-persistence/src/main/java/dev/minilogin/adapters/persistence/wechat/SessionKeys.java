package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.wechat.SessionKey;
import jakarta.inject.Singleton;
import java.util.List;

/** The form in which session_keys are kept. */
@Singleton
public final class SessionKeys {
  private final Sealer sealer;
  private final Hasher hasher;

  SessionKeys(Sealer sealer, Hasher hasher) {
    this.sealer = sealer;
    this.hasher = hasher;
  }

  /** A session_key for the row of its identity. */
  public byte[] seal(String appId, String openid, SessionKey key) {
    return sealer.seal(key.reveal(), place(appId, openid));
  }

  /** The session_key of a row. */
  SessionKey open(String appId, String openid, byte[] sealed) {
    return new SessionKey(sealer.open(sealed, place(appId, openid)));
  }

  /**
   * What tells equal session_keys of an identity: the hash to write, and last the one under another
   * living pepper, if there is one.
   */
  public List<byte[]> hashes(String appId, String openid, SessionKey key) {
    return hasher.hashes(place(appId, openid), key.reveal());
  }

  /** Where the session_keys of an identity are sealed, and what their hashes are for. */
  static String place(String appId, String openid) {
    return "session_key " + appId + ' ' + openid;
  }
}
