package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.sealing.Hasher;
import java.util.List;

/** What the pushes about a person in a mini program are found by. */
final class PersonMacs {
  private PersonMacs() {}

  /** The hashes under any living pepper, the current one first. */
  static List<byte[]> of(Hasher hasher, String appId, String openid) {
    return hasher.hashes("push person", appId + ' ' + openid);
  }
}
