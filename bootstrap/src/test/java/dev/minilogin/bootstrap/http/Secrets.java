package dev.minilogin.bootstrap.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of this JVM used and what therefore must stand in no log and in no error. */
final class Secrets {
  /** Shorter ones would be found everywhere by chance. */
  private static final int SHORTEST = 12;

  private static final Set<String> USED = ConcurrentHashMap.newKeySet();

  private Secrets() {}

  /** Notes a secret and returns it. */
  static String note(String secret) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException("too short to be told from other text");
    }
    USED.add(secret);
    return secret;
  }

  /** All that were noted so far. */
  static Set<String> used() {
    return Set.copyOf(USED);
  }
}
