package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.sealing.Hasher;
import java.util.List;

/** What the pushes about a person in a mini program are found by. */
public final class PersonMacs {
  /** What they are hashed for. */
  public static final String PURPOSE = "push person";

  private PersonMacs() {}

  /** The hashes under any living pepper, the current one first. */
  public static List<byte[]> of(Hasher hasher, String appId, String openid) {
    return hasher.hashes(PURPOSE, secret(appId, openid));
  }

  /** What is hashed. */
  public static String secret(String appId, String openid) {
    return appId + ' ' + openid;
  }
}
