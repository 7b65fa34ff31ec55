package dev.minilogin.bootstrap.http;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of this JVM used and what therefore must stand in no log and in no error. */
final class Secrets {
  /** As long as a phone number. Shorter ones would be found everywhere by chance. */
  static final int SHORTEST = 11;

  private static final Set<String> USED = ConcurrentHashMap.newKeySet();
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
  private static final Leaks IN_ANSWERS = new Leaks();
  private static final Leaks IN_LOGS = new Leaks();

  private Secrets() {}

  /** Notes a secret that no answer may have, and returns it. */
  static String note(String secret) {
    if (USED.add(longEnough(secret))) {
      IN_ANSWERS.note(secret);
      IN_LOGS.note(secret);
    }
    return secret;
  }

  /** Notes what its owner may be told in an answer, and nobody else in a log, and returns it. */
  static String noteTold(String secret) {
    if (TOLD.add(longEnough(secret))) {
      IN_LOGS.note(secret);
    }
    return secret;
  }

  private static String longEnough(String secret) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException("too short to be told from other text");
    }
    return secret;
  }

  /** Finds what no answer may have. */
  static Leaks inAnswers() {
    return IN_ANSWERS;
  }

  /** Finds what no log may have. */
  static Leaks inLogs() {
    return IN_LOGS;
  }

  /** All that were noted so far and that must stand in no answer. */
  static Set<String> hidden() {
    return Set.copyOf(USED);
  }

  /** All that were noted so far. */
  static Set<String> used() {
    Set<String> all = new HashSet<>(USED);
    all.addAll(TOLD);
    return all;
  }
}
